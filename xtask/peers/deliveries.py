"""Delivery files as a stranger reads them (docs/reference/deliveries.md): which of a folder's Parquet files count."""

from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as parquet

from content import CODES, rows
from lake import first_day, month_index

MASKED_PATIENTS = ("00000000000", "99999999999")
FORMS = {"home_visit": 3, "consultation": 1, "e_consultation": 2, "simple": 4}
FIRST_FORM = ("home_visit", "consultation", "e_consultation", "simple")


class Deliveries:
    """The Parquet deliveries of a folder by kind and month; a corrected delivery replaces what it corrects."""

    def __init__(self, folder):
        found, replaced = {}, set()
        for path in sorted(Path(folder).glob("*.parquet")):
            metadata = parquet.read_metadata(path).metadata
            head = {key.decode()[7:]: value.decode() for key, value in metadata.items() if key.startswith(b"riktig.")}
            # The same delivery sent twice is one delivery.
            found.setdefault(head["delivery"], (head["kind"], head.get("period", ""), str(path)))
            replaced.add(head.get("corrects") or None)
        self.months, self.registers = defaultdict(dict), {}
        for delivery, (kind, period, path) in found.items():
            if delivery in replaced:
                continue
            if kind in ("dispensings", "contacts") and period:
                month = month_index(period.split("..")[0])
                self.months[kind][month] = (path, first_day(month), first_day(month + 1) - 1)
            else:
                self.registers[kind] = path

    def files(self, kind, months):
        """[(month, file, first day, last day)] for the months that there are."""
        return [(month, *self.months[kind][month]) for month in months if month in self.months[kind]]

    def every(self, kind):
        """All files of a kind, whatever their month: a cancellation may come in a later one."""
        return [path for path, _, _ in self.months[kind].values()]


def antibiotic_codes():
    """The ATC codes that are antibiotics."""
    return sorted({row["atc"] for row in rows(CODES / "antibiotics.csv")})


def form_of(tariffs):
    """The code of a contact's form: the first that any of its tariffs reaches."""
    known = {row["tariff"].lower(): row["form"] for row in rows(CODES / "contact_forms.csv")}
    reached = {known.get(tariff.lower()) for tariff in (tariffs or "").split()}
    return next((FORMS[form] for form in FIRST_FORM if form in reached), 0)


def diagnosis_entries(facts):
    """Every ICPC-2 code that can be written with three characters, and the longer ones of the code tables."""
    chapters = "ABDFHKLNPRSTUWXYZ"
    codes = [("ICPC-2", f"{chapter}{number:02d}") for chapter in chapters for number in range(100)]
    longer = {entry for group in facts.groups.values() for entry in group if entry[0] == "ICPC-2" and len(entry[1]) > 3}
    return [{"system": system, "code": code} for system, code in codes + sorted(longer)]
