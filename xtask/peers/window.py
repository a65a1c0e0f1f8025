"""What every peer needs before it starts: the lake, the plan and its masks as small tables, and the window."""

import json
from dataclasses import dataclass
from pathlib import Path

import content
from lake import Lake, first_day, month_index
from plan import Plan

SETTINGS = ("unknown", "gp", "ooh", "nursing_home")
FORMS = ("unknown", "consultation", "e_consultation", "home_visit", "simple_contact")
LINK_DAYS = 7
# No one is older; a list row without an upper age ends here.
OLDEST = 200
# Roles without general practice's patients: where an indicator is about all work, they are nobody's peers.
OTHER_WORK = ("nursing_home", "hospital", "dentist")


@dataclass
class Tables:
    """Masks by dictionary id, position 0 standing for -1 (missing)."""

    drugs: list
    courses: list
    hits: list
    vetoes: list
    settings: list
    forms: list
    ages: list
    sexes: list
    no_diagnosis: int
    by_prescription: int
    by_contact: int
    unlinked: int
    dual_role: int


class Window:
    """The months of an edition, and everything fixed about them."""

    def __init__(self, lake, edition):
        self.lake = Lake(lake)
        self.edition = Path(edition)
        meta = json.loads((self.edition / "edition.json").read_text())
        self.first = month_index(meta["period"]["first"])
        self.last = month_index(meta["period"]["last"])
        # Whom a value is compared with is a rule of disclosure, not of sums: the edition says from which denominator.
        self.compared_from = [definition["compared_from"][0] for definition in meta["definitions"]]
        self.plan = Plan.of(*content.of_edition(self.edition, meta))
        self.months = list(range(self.first, self.last + 1))
        self.census_before = first_day(self.first)

    def event_files(self, dataset, months):
        """[(month, files)] for the months that have any."""
        found = ((month, self.lake.month(dataset, month)) for month in months)
        return [(month, files) for month, files in found if files]

    def lowered(self, above, below):
        """Whether what a dual-role prescriber's unlinked items are left out of is a rate: they are missing above the line alone."""
        left_out = self.plan.dual_role()
        return bool(left_out >> above & 1) and not left_out >> below & 1

    def dictionary(self, name):
        """The entries of a dictionary; an entry's position is its id in rows."""
        return self.lake.dictionary(name)

    def prescriber_ids(self):
        """[(id in rows, number)] of prescribers."""
        return [(at, entry["id"]) for at, entry in enumerate(self.dictionary("prescribers"))]

    def divisor(self, term):
        """What a sum is divided by to be in whole units."""
        count = self.plan.terms[term].part.count
        return {"ddd": 1000, "list_patients": 1000 * len(self.months)}.get(count, 1)

    def tables(self):
        """Asks the plan once for every dictionary entry."""
        plan = self.plan
        drugs = [None, *self.dictionary("drugs")]
        diagnoses = [plan.diagnosis(entry["system"], entry["code"]) for entry in self.dictionary("diagnoses")]
        return Tables(
            drugs=[plan.drug(drug) for drug in drugs],
            courses=[plan.courses(drug) for drug in drugs],
            hits=[0, *(hits for hits, _ in diagnoses)],
            vetoes=[0, *(vetoes for _, vetoes in diagnoses)],
            settings=[plan.setting(word) for word in SETTINGS],
            forms=[plan.form(word) for word in FORMS],
            ages=[plan.age(age) for age in range(-1, 130)],
            sexes=[plan.sex(sex) for sex in range(3)],
            no_diagnosis=plan.no_diagnosis(),
            by_prescription=plan.linked("prescription"),
            by_contact=plan.linked("contact"),
            unlinked=plan.linked("unlinked"),
            dual_role=plan.dual_role(),
        )

    def list_weight(self, bit, low, high, sex):
        """Thousandths that one patient of a list row adds to a term: the mean over the row's years of age, or None."""
        term = self.plan.terms[bit]
        if term.part.sex is not None and term.part.sex != sex:
            return None
        weights = [_twice_the_weight(term, sex, year) for year in range(low, (OLDEST if high is None else high) + 1)]
        if None in weights or not weights or (high is None and len(set(weights)) > 1):
            return None
        # Rounded half up; a weight of nothing is no row.
        return (sum(weights) + len(weights)) // (2 * len(weights)) or None


def _twice_the_weight(term, sex, year):
    """Twice, so that the mean of the sexes is whole."""
    if not term.part.age_passes(year):
        return 0
    if not term.weights:
        return 2000
    both = []
    for one in (sex, sex) if sex else (1, 2):
        fitting = (milli for (low, high), of, milli in term.weights if low <= year <= (high or OLDEST) and of in (None, one))
        both.append(next(fitting, None))
    return None if None in both else sum(both)
