"""Indicator definitions (content/indicators/*.toml) and code tables (content/codes/*.csv), read without our code.

Only what counting needs is read; texts, targets and worked examples are the indicators room's business.
"""

from dataclasses import dataclass

NEVER = -1


@dataclass(frozen=True)
class Part:
    """What is counted, and which of it. Empty or None: not asked for."""

    count: str
    drug_within: tuple = ()
    drug_without: tuple = ()
    aware: tuple = ()
    drug_groups: tuple = ()
    routes: tuple = ()
    diagnosis_within: tuple = ()
    diagnosis_groups: tuple = ()
    diagnosis_without: tuple = ()
    linked: tuple | None = None
    settings: tuple = ()
    forms: tuple = ()
    sex: int | None = None
    age: tuple | None = None
    course: tuple | None = None
    without_dual_role_unknown: bool = False

    @property
    def asks_diagnosis(self):
        """Whether a row without diagnosis is out."""
        return bool(self.diagnosis_within or self.diagnosis_groups)

    def drug_passes(self, drug, facts):
        """A drug: its codes, route, and groups."""
        drug = drug or {}
        if self.drug_within and not _begins(drug, self.drug_within):
            return False
        if _begins(drug, self.drug_without):
            return False
        if self.routes and drug.get("route") not in self.routes:
            return False
        fact = facts.drug(drug.get("atc"), drug.get("route"))
        if self.aware and fact.get("aware") not in self.aware:
            return False
        return not self.drug_groups or fact.get("group") in self.drug_groups

    def course_limit(self, drug, facts):
        """(quantity, largest in thousandths) that passes for this drug."""
        drug = drug or {}
        per_day = facts.drug(drug.get("atc"), drug.get("route")).get("ddd_per_day_milli")
        kind, *rest = self.course
        if kind == "at_most_days":
            days, slack = rest
            return ("ddd", NEVER if per_day is None else per_day * days * (100 + slack) // 100)
        if kind == "known":
            return ("ddd", NEVER if per_day is None else 2**62)
        by, limits = rest
        fitting = [(len(prefix), milli) for prefix, milli in limits if (drug.get("atc") or "").startswith(prefix)]
        return (by, max(fitting)[1] if fitting else NEVER)

    def has_diagnosis(self, system, code, facts):
        """The diagnosis is one that the part asks for."""
        if any(system == of and code.startswith(prefix) for of, prefix in self.diagnosis_within):
            return True
        return any(facts.in_group(group, system, code) for group in self.diagnosis_groups)

    def forbids_diagnosis(self, system, code):
        """The diagnosis puts the row out, whatever else it has."""
        return any(system == of and code.startswith(prefix) for of, prefix in self.diagnosis_without)

    def age_passes(self, age):
        """Whole years; -1 is unknown and passes only where age is not asked."""
        if self.age is None:
            return True
        low, high = self.age
        return age >= 0 and age >= low and (high is None or age <= high)


@dataclass(frozen=True)
class Definition:
    """One indicator."""

    id: str
    population: str
    scope: str
    direction: str
    per: int
    list_weights: tuple
    numerator: Part
    denominator: Part


def _begins(drug, prefixes):
    for system, prefix in prefixes:
        if system == "atc":
            code = drug.get("atc")
        else:
            code = drug.get("code") if (drug.get("system") or "").lower() == system else None
        if code and code.startswith(prefix):
            return True
    return False
