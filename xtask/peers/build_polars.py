"""The build of an edition's numbers from our own segments, by Polars.

    python build_polars.py LAKE EDITION OUT

The same rule and the same definitions as build_duckdb.py. Tuned as Polars likes it: lazy scans with the streaming engine,
masks by joins with small tables, rows counted by (prescriber, mask) before masks are taken apart.
"""

import os
import sys

from account import Account

account = Account()
os.environ.setdefault("POLARS_MAX_THREADS", "2")
import polars as pl  # noqa: E402  (importing the engine is part of what it costs)

from compare_polars import write_outcome  # noqa: E402
from window import LINK_DAYS, Window  # noqa: E402

c, lit = pl.col, pl.lit
CONTACT_COLUMNS = [
    *("event", "patient", "prescriber", "day", "minute", "setting", "form"),
    *("diagnosis_1", "diagnosis_2", "diagnosis_3", "age", "sex"),
]
ANTIBIOTIC_COLUMNS = [
    *("event", "patient", "prescriber", "day", "month", "drug", "items", "ddd_milli", "units_milli"),
    *("diagnosis", "age", "sex", "area"),
]
DIAGNOSES = ["diagnosis_1", "diagnosis_2", "diagnosis_3"]


def main(lake, edition, out):
    window = Window(lake, edition)
    build(window, Segments(window), out)


def build(window, source, out):
    """The whole job on a source's frames."""
    masks = Masks(window)
    account.step("prepare")
    antibiotics = source.events("antibiotics", [*window.months, window.last + 1]).select(ANTIBIOTIC_COLUMNS).collect()
    account.step("antibiotics")
    links = link(window, source, antibiotics)
    account.step("link")
    lists = list_rows(window, source)
    contact_counts, dual = count_contacts(window, source, masks, lists)
    account.step("contacts")
    masked = masked_dispensings(masks, antibiotics, links, dual)
    additive = pl.concat(
        [
            expand(masks, contact_counts, masks.plan.measure("contacts")),
            *dispensing_sums(window, masks, masked),
            treated_sums(window, masks, masked, links),
            list_sums(window, masks, lists),
        ]
    )
    patients = patient_sums(window, masks, masked, lit(0, pl.Int32))
    month_patients = patient_sums(window, masks, masked, c("month"))
    account.step("dispensings")
    population = population_sums(window, source, masks, masked)
    account.step("population")
    write_outcome(window, additive, patients, month_patients, population, out)
    account.step("compare and write")
    account.write(f"{out}/account.json", engine=f"Polars {pl.__version__}")


class Segments:
    """Lazy frames over a lake's segments: each month's files with their month."""

    def __init__(self, window):
        self.window = window

    def events(self, dataset, months):
        """Rows of a dataset in some months, or None."""
        files = self.window.event_files(dataset, months)
        parts = [pl.scan_parquet(paths).with_columns(month=lit(month, pl.Int32)) for month, paths in files]
        return pl.concat(parts) if parts else None

    def inhabitants(self):
        """Every census row, or None."""
        files = self.window.lake.register("inhabitants")
        return pl.scan_parquet(files) if files else None


class Masks:
    """The plan's masks as small frames and as expressions."""

    def __init__(self, window):
        self.plan, self.tables = window.plan, window.tables()
        self.every = (1 << len(self.plan.terms)) - 1
        self.drugs = pl.DataFrame(
            {"drug": range(-1, len(self.tables.drugs) - 1), "drug_bits": self.tables.drugs},
            schema={"drug": pl.Int32, "drug_bits": pl.Int64},
        )
        limits = [(at - 1, *limit, bits) for at, of in enumerate(self.tables.courses) for limit, bits in of.items()]
        schema = {"drug": pl.Int32, "quantity": pl.String, "at_most": pl.Int64, "bits": pl.Int64}
        self.limits = pl.DataFrame(limits, schema=schema, orient="row")

    def diagnosis_table(self, name):
        """Hits and vetoes of a diagnosis column."""
        ids = range(-1, len(self.tables.hits) - 1)
        return pl.LazyFrame(
            {name: ids, f"hits_{name}": self.tables.hits, f"vetoes_{name}": self.tables.vetoes},
            schema={name: pl.Int32, f"hits_{name}": pl.Int64, f"vetoes_{name}": pl.Int64},
        )

    def diagnoses(self, rows):
        """The rows with the mask of their up to three diagnoses."""
        for name in DIAGNOSES:
            rows = rows.join(self.diagnosis_table(name), on=name, how="left")
        hits = c("hits_diagnosis_1") | c("hits_diagnosis_2") | c("hits_diagnosis_3")
        vetoes = c("vetoes_diagnosis_1") | c("vetoes_diagnosis_2") | c("vetoes_diagnosis_3")
        none = (c("diagnosis_1") == -1) & (c("diagnosis_2") == -1) & (c("diagnosis_3") == -1)
        mask = pl.when(none).then(lit(self.tables.no_diagnosis, pl.Int64)).otherwise(hits & (vetoes ^ lit(-1, pl.Int64)))
        return rows.with_columns(diagnosis_bits=mask)

    def choose(self, column, masks, wanted):
        """The mask of a small code."""
        if all(mask & wanted == wanted for mask in masks):
            return lit(wanted, pl.Int64)
        chain = pl.when(column == 0).then(lit(masks[0] & wanted, pl.Int64))
        for code, mask in enumerate(masks[1:], 1):
            chain = chain.when(column == code).then(lit(mask & wanted, pl.Int64))
        return chain.otherwise(lit(masks[0] & wanted, pl.Int64))

    def person(self, wanted):
        """The mask of age and sex: the ages in runs of equal masks."""
        masks = [mask & wanted for mask in self.tables.ages]
        chain = pl
        for at in range(1, len(masks)):
            if masks[at] != masks[at - 1]:
                chain = chain.when(c("age") < at - 1).then(lit(masks[at - 1], pl.Int64))
        last = lit(masks[-1], pl.Int64)
        ages = last if chain is pl else chain.otherwise(last)
        return ages & self.choose(c("sex"), self.tables.sexes, wanted)

    def contact(self, wanted):
        """The mask of a contact's own values, diagnoses apart."""
        settings = self.choose(c("setting"), self.tables.settings, wanted)
        return settings & self.choose(c("form"), self.tables.forms, wanted) & self.person(wanted)


def link(window, source, antibiotics):
    """Step 2 of decision 0001: pairs within reach, then the preferred contact of each antibiotic."""
    known = antibiotics.lazy().filter(c("patient") >= 0, c("prescriber") >= 0)
    known = known.select("patient", "prescriber", antibiotic="event", dispensed="day")
    months = [window.first - 1, *window.months, window.last + 1]
    halves = []
    for dataset, infection in (("infection_contacts", 1), ("other_contacts", 0)):
        rows = source.events(dataset, months)
        if rows is None:
            continue
        pairs = rows.select(*CONTACT_COLUMNS, "month").join(known, on=["patient", "prescriber"])
        preference = infection * 4294967296 + c("day").cast(pl.Int64) * 2048 + c("minute") + 1
        within = c("day").is_between(c("dispensed") - LINK_DAYS, c("dispensed"))
        halves.append(pairs.filter(within).with_columns(preference=preference).collect(engine="streaming"))
    order = ["antibiotic", "preference", "event"]
    return pl.concat(halves).sort(order).unique("antibiotic", keep="last", maintain_order=True)


def list_rows(window, source):
    """The practice lists of the period."""
    rows = source.events("practice_lists", window.months)
    return None if rows is None else rows.select("prescriber", "month", "age_from", "age_to", "sex", "patients").collect()


def count_contacts(window, source, masks, lists):
    """Contacts by prescriber, month and mask; and who had duty contacts, for dual roles."""
    wanted = masks.plan.measure("contacts")
    counts = []
    for dataset in ("infection_contacts", "other_contacts"):
        rows = source.events(dataset, window.months)
        if rows is None:
            continue
        rows = masks.diagnoses(rows.select("prescriber", "month", "setting", "form", *DIAGNOSES, "age", "sex"))
        mask = masks.contact(wanted) & c("diagnosis_bits") & wanted
        rows = rows.select("prescriber", "month", mask=mask, duty=c("setting") == 2)
        counts.append(rows.group_by("prescriber", "month", "mask", "duty").agg(n=pl.len().cast(pl.Int64)).collect(engine="streaming"))
    counts = pl.concat(counts)
    on_duty = counts.filter("duty", c("prescriber") >= 0).select("prescriber").unique()
    dual = on_duty.filter(False) if lists is None else on_duty.join(lists, on="prescriber", how="semi")
    return counts, dual


def expand(masks, counts, wanted):
    """Takes masks apart: one row per prescriber, month and term."""
    counts = counts.filter(c("prescriber") >= 0).group_by("prescriber", "month", "mask").agg(c("n").sum())
    parts = []
    for bit in masks.plan.numbered(wanted):
        rows = counts.filter((c("mask") & (1 << bit)) != 0).group_by("prescriber", "month").agg(value=c("n").sum())
        parts.append(rows.select("prescriber", "month", value="value", term=lit(bit, pl.Int32)))
    schema = {"prescriber": pl.Int32, "month": pl.Int32, "value": pl.Int64, "term": pl.Int32}
    return pl.concat([pl.DataFrame(schema=schema), *parts])


def masked_dispensings(masks, antibiotics, links, dual):
    """Every antibiotic with its terms."""
    tables, every = masks.tables, masks.every
    contact = links.select("antibiotic", "setting", *DIAGNOSES, contact="event")
    rows = antibiotics.lazy().join(contact.lazy(), left_on="event", right_on="antibiotic", how="left")
    rows = masks.diagnoses(rows).join(masks.drugs.lazy(), on="drug", how="left")
    own = masks.diagnosis_table("diagnosis_1").rename({"diagnosis_1": "diagnosis", "hits_diagnosis_1": "own_hits", "vetoes_diagnosis_1": "own_vetoes"})
    rows = rows.join(own, on="diagnosis", how="left").join(too_long(masks, antibiotics), on="event", how="left")
    drug = c("drug_bits") & (lit(every, pl.Int64) - c("lost").fill_null(0))
    diagnosis = (
        pl.when(c("diagnosis") >= 0)
        .then(c("own_hits") & (c("own_vetoes") ^ lit(-1, pl.Int64)) & tables.by_prescription)
        .when(c("contact").is_not_null())
        .then(c("diagnosis_bits") & tables.by_contact)
        .otherwise(lit(tables.no_diagnosis & tables.unlinked, pl.Int64))
    )
    setting = c("setting").fill_null(0)
    left_out = (setting == 0) & c("prescriber").is_in(dual["prescriber"].implode())
    roles = pl.when(left_out).then(lit(every & ~tables.dual_role, pl.Int64)).otherwise(lit(every, pl.Int64))
    mask = masks.choose(setting, tables.settings, every) & masks.person(every) & diagnosis & roles & drug
    columns = ["event", "patient", "prescriber", "area", "day", "month", "items", "ddd_milli", "contact"]
    return rows.select(*columns, drug_bits=drug, mask=mask).collect(engine="streaming")


def too_long(masks, antibiotics):
    """The terms lost to course limits: a missing quantity passes none."""
    rows = antibiotics.lazy().join(masks.limits.lazy(), on="drug")
    quantity = pl.when(c("quantity") == "ddd").then(c("ddd_milli")).otherwise(c("units_milli"))
    beyond = rows.filter((quantity < 0) | (quantity > c("at_most")))
    # No two limits of one drug concern the same term, so a sum is a union.
    return beyond.group_by("event").agg(lost=c("bits").sum())


def counted(window, masked):
    """The rows of the period itself."""
    return masked.filter(c("month").is_between(window.first, window.last))


def dispensing_sums(window, masks, masked):
    """Items and DDD by prescriber and month."""
    for measure, value in (("dispensings", c("items")), ("ddd", pl.max_horizontal(c("ddd_milli"), 0))):
        wanted = masks.plan.measure(measure, population="prescriber")
        keys = ["prescriber", "month", c("mask") & wanted]
        yield expand(masks, counted(window, masked).group_by(keys).agg(n=value.cast(pl.Int64).sum()), wanted)


def patient_sums(window, masks, masked, month):
    """Distinct persons by prescriber, in the period (month 0) or in each month."""
    wanted = masks.plan.measure("patients", population="prescriber")
    rows = counted(window, masked).filter(c("patient") >= 0, (c("mask") & wanted) != 0)
    persons = rows.group_by("prescriber", "patient", month=month).agg(mask=(c("mask") & wanted).bitwise_or())
    counts = persons.group_by("prescriber", "month", "mask").agg(n=pl.len().cast(pl.Int64))
    return expand(masks, counts, wanted)


def treated_sums(window, masks, masked, links):
    """Contacts that a matching dispensing is linked to: once each, on the contact's day."""
    wanted = masks.plan.measure("treated_contacts")
    drugs = masked.filter(c("contact").is_not_null()).group_by("contact").agg(bits=c("drug_bits").bitwise_or())
    contacts = masks.diagnoses(links.unique("event").lazy()).collect()
    rows = counted(window, contacts).join(drugs, left_on="event", right_on="contact")
    mask = masks.contact(wanted) & c("diagnosis_bits") & c("bits") & (masks.tables.by_contact & wanted)
    counts = rows.select("prescriber", "month", mask=mask).group_by("prescriber", "month", "mask").agg(n=pl.len().cast(pl.Int64))
    return expand(masks, counts, wanted)


def list_sums(window, masks, lists):
    """List patients in thousandths, weighted where the definition says so."""
    schema = {"prescriber": pl.Int32, "month": pl.Int32, "value": pl.Int64, "term": pl.Int32}
    if lists is None:
        return pl.DataFrame(schema=schema)
    rows = []
    for low, high, sex in lists.select("age_from", "age_to", "sex").unique().iter_rows():
        for bit in masks.plan.numbered(masks.plan.measure("list_patients")):
            weight = window.list_weight(bit, low, None if high < 0 else high, sex)
            if weight is not None:
                rows.append((low, high, sex, bit, weight))
    bands = {"age_from": pl.Int32, "age_to": pl.Int32, "sex": pl.Int32, "term": pl.Int32, "weight": pl.Int64}
    weights = pl.DataFrame(rows, schema=bands, orient="row")
    joined = lists.join(weights, on=["age_from", "age_to", "sex"])
    sums = joined.group_by("prescriber", "month", "term").agg(value=(c("patients") * c("weight")).sum())
    return sums.select([c(name).cast(kind) for name, kind in schema.items()])


def population_sums(window, source, masks, masked):
    """Indicators about inhabitants, by municipality of residence; a person counts once in the country."""
    plan, tables, rows = masks.plan, masks.tables, counted(window, masked)
    parts = []

    def add(bit, sums):
        parts.append(sums.select(c("area").cast(pl.Int32), term=lit(bit, pl.Int32), value=c("value").cast(pl.Int64)))

    having = lambda bit: rows.filter((c("mask") & (1 << bit)) != 0)  # noqa: E731
    for bit in plan.numbered(plan.measure("dispensings", population="municipality")):
        add(bit, having(bit).group_by("area").agg(value=c("items").sum()))
    for bit in plan.numbered(plan.measure("ddd", population="municipality")):
        add(bit, having(bit).group_by("area").agg(value=pl.max_horizontal(c("ddd_milli"), 0).sum()))
    for bit in plan.numbered(plan.measure("patients", population="municipality")):
        first = having(bit).filter(c("patient") >= 0).sort("day", "event").unique("patient", keep="first", maintain_order=True)
        add(bit, first.group_by("area").agg(value=pl.len()))
    census = source.inhabitants()
    people = None if census is None else census.filter(c("day") <= window.census_before).collect()
    for bit in plan.numbered(plan.measure("inhabitants")) if people is not None else []:
        ages = [at - 1 for at, mask in enumerate(tables.ages) if mask >> bit & 1]
        sexes = [sex for sex, mask in enumerate(tables.sexes) if mask >> bit & 1]
        fitting = people.filter(c("day") == c("day").max(), c("age").is_in(ages), c("sex").is_in(sexes))
        add(bit, fitting.group_by("area").agg(value=c("inhabitants").cast(pl.Int64).sum()))
    schema = {"area": pl.Int32, "term": pl.Int32, "value": pl.Int64}
    return pl.concat([pl.DataFrame(schema=schema), *parts]).filter(c("area") >= 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
