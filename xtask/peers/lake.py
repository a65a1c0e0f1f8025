"""A lake as a stranger reads it: manifest, dictionaries and segments by their documentation (docs/reference/segments.md)."""

import json
from collections import defaultdict
from pathlib import Path


def month_index(text):
    """`2024-01` as months since 1970-01."""
    year, month = text.split("-")
    return (int(year) - 1970) * 12 + int(month) - 1


def first_day(month):
    """The first day of a month (index), as days since 1970-01-01."""
    import datetime

    return (datetime.date(1970 + month // 12, month % 12 + 1, 1) - datetime.date(1970, 1, 1)).days


class Lake:
    """The manifest's current segments, by dataset and month."""

    def __init__(self, root):
        self.root = Path(root)
        manifest = json.loads((self.root / "manifest.json").read_text())
        self.files = defaultdict(lambda: defaultdict(list))
        for entry in manifest["segments"]:
            month = None if entry["month"] is None else month_index(entry["month"])
            file = entry["live"] or entry["delivered"]
            self.files[entry["dataset"]][month].append(str(self.root / file["path"]))
        self._dictionaries = manifest["dictionaries"]["files"]

    def dictionary(self, name):
        """The entries of a dictionary; an entry's position is its id."""
        file = self._dictionaries.get(name)
        return json.loads((self.root / file["path"]).read_text()) if file else []

    def month(self, dataset, month):
        """The files of one month."""
        return self.files[dataset].get(month, [])

    def register(self, dataset):
        """Every file of a dataset."""
        return [path for paths in self.files[dataset].values() for path in paths]
