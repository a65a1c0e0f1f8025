"""Definitions and code tables as they stand in text files: content/indicators (or an edition's copies) and content/codes."""

import csv
import tomllib
from decimal import Decimal
from pathlib import Path

from definitions import Definition, Part

CODES = Path(__file__).resolve().parents[2] / "content" / "codes"
SEXES = {"female": 2, "male": 1}
PER = {"percent": 100, "per_1000": 1000, "per_100": 100, "ratio": 1}
GRAMS = {"g": Decimal(1), "mg": Decimal("0.001"), "UD": Decimal(1), "TU": Decimal(1000), "MU": Decimal(1_000_000)}
INFECTION = "infection"
# How a dispensing may have got its diagnosis.
LINKED = {"any": None, "yes": ("prescription", "contact"), "no": ("unlinked",), "prescription": ("prescription",)}
# What only definitions outside of a doctor's report say (docs/reference/indicator-format.md).
NOT_HERE = ("not_age", "within_days")
OF_DISPENSINGS = ("dispensings", "ddd", "patients")
OF_CONTACTS = ("contacts", "treated_contacts")


def of_edition(edition, meta):
    """The definitions that an edition was built with, in its order, and the code tables of this checkout."""
    texts = [(edition / record["file"]).read_text() for record in meta["definitions"]]
    return [definition(tomllib.loads(text)) for text in texts], Facts(CODES)


def definition(table):
    """One file."""
    denominator_rate = table["denominator"]["count"] in ("list_patients", "contacts")
    parts = [_part(table, key, denominator_rate) for key in ("numerator", "denominator")]
    weights = tuple(
        (_span(row.get("age", {})), SEXES.get(row.get("sex")), int(Decimal(str(row["weight"])) * 1000))
        for row in table.get("weights", [])
    )
    return Definition(table["id"], table["population"], table["setting"], table["direction"], PER[table["unit"]], weights, *parts)


def _part(table, key, denominator_rate):
    part, exclude = table[key], table.get("exclude", {})
    unknown = [it for it in NOT_HERE if it in part] + [it for it in part.get("course", {}) if it.startswith("more_than")]
    if unknown or part["count"] == "inhabitant_days":
        raise SystemExit(f"{table['id']}: the peers do not count {unknown or part['count']}")
    count, scope = part["count"], table["setting"]
    dispensed, met = count in OF_DISPENSINGS, count in OF_CONTACTS
    drug_without = _drugs(part, "not_atc", "not_code")
    if dispensed or count == "treated_contacts":
        drug_without += _drugs(exclude, "atc", "code")
    diagnosis_without = _diagnoses(part.get("not_diagnoses", []))
    if dispensed or met:
        diagnosis_without += _diagnoses(exclude.get("diagnoses", []))
    settings = tuple(sorted(_texts(part.get("settings", _settings(scope, dispensed, met)))))
    left_out = scope == "gp" and table["population"] == "prescriber" and denominator_rate and dispensed
    return Part(
        count=count,
        drug_within=tuple(sorted(_drugs(part, "atc", "code"))),
        drug_without=tuple(sorted(set(drug_without))),
        aware=tuple(sorted(_texts(part.get("aware", [])))),
        drug_groups=tuple(sorted(_texts(part.get("group", [])))),
        routes=tuple(sorted(_texts(part.get("route", [])))),
        diagnosis_within=tuple(sorted(_diagnoses(part.get("diagnoses", [])))),
        diagnosis_groups=tuple(sorted(_texts(part.get("diagnosis_groups", [])))),
        diagnosis_without=tuple(sorted(set(diagnosis_without))),
        linked=LINKED[part.get("linked", "any")],
        settings=settings,
        forms=tuple(sorted(_texts(part.get("forms", [])))),
        sex=SEXES.get(part.get("sex")),
        age=_span(part["age"]) if "age" in part else None,
        course=_course(part.get("course")),
        without_dual_role_unknown=left_out and (not settings or "unknown" in settings),
    )


def _settings(scope, dispensed, met):
    """What a definition asks for when it does not say: an unlinked dispensing is nobody's duty work."""
    if scope == "any" or not (dispensed or met):
        return []
    if scope == "ooh":
        return ["ooh"]
    return ["unknown", "gp"] if dispensed else ["gp"]


def _texts(value):
    return [value] if isinstance(value, str) else list(value)


def _drugs(table, atc, code):
    own = [("atc", text) for text in _texts(table.get(atc, []))]
    return own + [tuple(text.split(":", 1)) for text in _texts(table.get(code, []))]


def _diagnoses(value):
    found = []
    for text in _texts(value):
        if text.startswith("ICD-10:"):
            found.append(("ICD-10", text[7:].replace(".", "").upper()))
        elif ".." in text:
            first, last = text.split("..")
            found += [("ICPC-2", f"{first[0]}{at:02d}") for at in range(int(first[1:]), int(last[1:]) + 1)]
        else:
            found.append(("ICPC-2", text.upper()))
    return found


def _span(table):
    return (table.get("from", 0), table.get("to"))


def _course(table):
    if table is None:
        return None
    if table.get("known"):
        return ("known",)
    if "at_most_days" in table:
        return ("at_most_days", table["at_most_days"], table.get("pack_slack_percent", 0))
    by = "ddd" if "at_most_ddd" in table else "units"
    limits = table[f"at_most_{by}"].items()
    return ("at_most", by, tuple((atc, int(Decimal(str(limit)) * 1000)) for atc, limit in sorted(limits)))


class Facts:
    """What counting needs to know of drugs and diagnosis groups."""

    def __init__(self, folder):
        doses, self._drugs = {}, {}
        for row in rows(folder / "antibiotics.csv"):
            fact = {"aware": row["aware_2023"] or None, "group": row["project_group"] or None, "ddd_per_day_milli": None}
            self._drugs.setdefault((row["atc"], row["route"]), fact)
            if row["ddd"] and not row["formulation"]:
                doses[row["atc"], row["route"]] = Decimal(row["ddd"]) * GRAMS[row["ddd_unit"]]
        for row in rows(folder / "course_doses.csv"):
            if row["diagnosis_group"] == "*":
                a_day = Decimal(row["dose"]) * GRAMS[row["unit"]] * int(row["times_per_day"])
                milli = a_day * 1000 / doses[row["atc"], row["route"]]
                self._drugs[row["atc"], row["route"]]["ddd_per_day_milli"] = int((milli + Decimal("0.5")) // 1)
        self.groups = {}
        for row in rows(folder / "diagnosis_groups.csv"):
            for text in row["codes"].split():
                codes = [(row["system"], code) for code in _between(text.replace(".", ""))]
                for group in (row["group"], INFECTION) if row["infection"] == "yes" else (row["group"],):
                    self.groups.setdefault(group, []).extend(codes)

    def drug(self, atc, route):
        """The facts of a drug by this route; by an unknown one, those that all its routes agree on."""
        fact = self._drugs.get((atc, route))
        if fact is None and route is None:
            rows = [row for (of, _), row in self._drugs.items() if of == atc]
            agreed = {key: rows[0][key] for key in rows[0]} if rows else {}
            fact = {key: value if all(row[key] == value for row in rows) else None for key, value in agreed.items()}
        return fact or {}

    def in_group(self, group, system, code):
        """Whether the group holds the code, or one that it begins with."""
        return any(system == of and code.startswith(prefix) for of, prefix in self.groups[group])


def _between(text):
    if "-" not in text:
        return [text]
    first, last = text.split("-")
    return [f"{first[0]}{at:02d}" for at in range(int(first[1:]), int(last[1:]) + 1)]


def rows(path):
    with open(path, encoding="utf-8") as lines:
        yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";")
