"""Definitions compiled to bits, in Python and on its own: the peers share our rule, not our code.

A *term* is a numerator or a denominator; equal ones are one, and bit `i` of every mask belongs to term `i`. A mask says
which terms a value (a drug, a diagnosis, an age …) lets through; a row adds to the terms in the AND of its masks.
"""

from dataclasses import dataclass, field

from definitions import Definition, Part


@dataclass
class Term:
    """What is summed, for whom."""

    population: str
    part: Part
    weights: tuple = ()


@dataclass
class Plan:
    """All terms, and the two of each definition."""

    facts: object
    terms: list = field(default_factory=list)
    indicators: list = field(default_factory=list)

    @classmethod
    def of(cls, definitions: list[Definition], facts):
        """Compiles definitions."""
        plan = cls(facts)
        for definition in definitions:
            numerator = plan._term(definition, definition.numerator)
            denominator = plan._term(definition, definition.denominator)
            plan.indicators.append((definition, numerator, denominator))
        if len(plan.terms) > 62:
            raise SystemExit(f"{len(plan.terms)} terms do not fit the 62 bits of a signed integer that peers use")
        return plan

    def _term(self, definition, part):
        weights = definition.list_weights if part.count == "list_patients" else ()
        term = Term(definition.population, part, weights)
        if term not in self.terms:
            self.terms.append(term)
        return self.terms.index(term)

    def bits(self, lets_through):
        """The mask of the terms for which `lets_through(term)` holds."""
        return sum(1 << bit for bit, term in enumerate(self.terms) if lets_through(term))

    def measure(self, *counts, population=None):
        """The terms that add one of these measures."""
        return self.bits(lambda term: term.part.count in counts and population in (None, term.population))

    def numbered(self, mask):
        """The bits of a mask."""
        return [bit for bit in range(len(self.terms)) if mask >> bit & 1]

    # Tables for the values of a row. `filter` is the part's, see definitions.py.

    def drug(self, drug):
        """Terms of a drug (an entry of the dictionary; None: missing)."""
        return self.bits(lambda term: term.part.drug_passes(drug, self.facts))

    def courses(self, drug):
        """{(quantity, limit): terms} for the terms that ask for a course length."""
        limits = {}
        for bit, term in enumerate(self.terms):
            if term.part.course is not None:
                limit = term.part.course_limit(drug, self.facts)
                limits[limit] = limits.get(limit, 0) | 1 << bit
        return limits

    def diagnosis(self, system, code):
        """(terms it satisfies, terms it forbids)."""
        hits = self.bits(lambda term: not term.part.asks_diagnosis or term.part.has_diagnosis(system, code, self.facts))
        vetoes = self.bits(lambda term: term.part.forbids_diagnosis(system, code))
        return hits, vetoes

    def no_diagnosis(self):
        """Terms of a row without any."""
        return self.bits(lambda term: not term.part.asks_diagnosis)

    def setting(self, word):
        """Terms of a setting."""
        return self.bits(lambda term: not term.part.settings or word in term.part.settings)

    def form(self, word):
        """Terms of a form of contact; only contacts have one."""
        return self.bits(lambda term: not term.part.forms or word in term.part.forms)

    def age(self, age):
        """Terms of an age; -1 is unknown."""
        return self.bits(lambda term: term.part.age_passes(age))

    def sex(self, sex):
        """Terms of a sex: 0 unknown, 1 male, 2 female."""
        return self.bits(lambda term: term.part.sex in (None, sex))

    def linked(self, method):
        """Terms of a dispensing with the diagnosis of its `prescription` or its `contact`, or `unlinked`."""
        return self.bits(lambda term: term.part.linked is None or method in term.part.linked)

    def dual_role(self):
        """Terms that leave out a dual-role prescriber's items of unknown setting."""
        return self.bits(lambda term: term.part.without_dual_role_unknown)
