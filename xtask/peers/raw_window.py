"""A window whose dictionaries are made from what the deliveries hold."""

import deliveries
from window import Window


class RawWindow(Window):
    """As a lake's window; the lake is only asked for the order of municipalities and prescribers' numbers."""

    def __init__(self, lake, edition):
        super().__init__(lake, edition)
        self.made = {"diagnoses": deliveries.diagnosis_entries(self.plan.facts)}

    def dictionary(self, name):
        return self.made[name] if name in self.made else self.lake.dictionary(name)

    def prescriber_ids(self):
        """HPR numbers are their own ids."""
        return [(int(entry["id"]), entry["id"]) for entry in self.lake.dictionary("prescribers") if entry["id"].isdigit()]
