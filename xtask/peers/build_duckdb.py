"""The build of an edition's numbers from our own segments, by DuckDB.

    python build_duckdb.py LAKE EDITION OUT

The rule is decision 0001, the indicators are the edition's definitions. Tuned as DuckDB likes it: codes become bit masks
by joins with small dense tables, contacts are scanned once for the sums and once for the link, each with only the columns
it needs, and rows are counted by (prescriber, mask) before masks are taken apart.
"""

import sys

from account import Account

account = Account()
import duckdb  # noqa: E402  (importing the engine is part of what it costs)

from compare_duckdb import write_outcome  # noqa: E402
from window import LINK_DAYS, Window  # noqa: E402


def main(lake, edition, out):
    window = Window(lake, edition)
    build(connect(), window, Segments(window), out)


def build(db, window, source, out):
    """The whole job on a source's relations."""
    masks = Masks(db, window)
    account.step("prepare")
    antibiotics(db, window, source)
    account.step("antibiotics")
    link(db, window, source)
    account.step("link")
    contact_sums(db, window, source, masks)
    account.step("contacts")
    dispensing_sums(db, window, masks)
    treated_sums(db, window, masks)
    account.step("dispensings")
    list_sums(db, window, masks)
    population_sums(db, window, source, masks)
    account.step("lists")
    write_outcome(db, window, out)
    account.step("compare and write")
    account.write(f"{out}/account.json", engine=f"DuckDB {duckdb.__version__}")


def connect():
    db = duckdb.connect()
    db.sql("SET threads = 2")
    db.sql("SET preserve_insertion_order = false")
    return db


class Masks:
    """The plan's masks as tables and as expressions."""

    def __init__(self, db, window):
        self.plan, self.tables = window.plan, window.tables()
        tables = self.tables
        self.every = (1 << len(self.plan.terms)) - 1
        self.courses = sorted({limit[0] for limits in tables.courses for limit in limits})
        table(db, "drug_masks", ["drug", "bits"], [(at - 1, bits) for at, bits in enumerate(tables.drugs)])
        rows = [(at - 1, *masks) for at, masks in enumerate(zip(tables.hits, tables.vetoes))]
        table(db, "diagnosis_masks", ["diagnosis", "hits", "vetoes"], rows)
        limits = [(at - 1, *limit, bits) for at, of in enumerate(tables.courses) for limit, bits in of.items()]
        table(db, "course_limits", ["drug", "quantity", "at_most", "bits"], limits)

    def choose(self, column, masks, wanted):
        """The mask of a small code, or nothing where it makes no difference to the wanted terms."""
        if all(mask & wanted == wanted for mask in masks):
            return []
        cases = " ".join(f"WHEN {code} THEN {mask & wanted}" for code, mask in enumerate(masks))
        return [f"CASE {column} {cases} ELSE {masks[0] & wanted} END"]

    def person(self, age, sex, wanted):
        """The mask of age and sex: the ages in runs of equal masks."""
        parts = self.choose(sex, self.tables.sexes, wanted)
        masks = [mask & wanted for mask in self.tables.ages]
        if any(mask != wanted for mask in masks):
            runs = [at for at in range(1, len(masks)) if masks[at] != masks[at - 1]]
            cases = " ".join(f"WHEN {age} < {at - 1} THEN {masks[at - 1]}" for at in runs)
            parts.append(f"CASE {cases} ELSE {masks[-1]} END")
        return parts

    def contact(self, wanted, of="c"):
        """The mask of a contact's own values, and the joins it needs."""
        parts = self.choose(f"{of}.setting", self.tables.settings, wanted)
        parts += self.choose(f"{of}.form", self.tables.forms, wanted)
        parts += self.person(f"{of}.age", f"{of}.sex", wanted)
        return parts

    def diagnoses(self, columns):
        """(mask, joins) of up to three diagnoses in dictionary ids, -1 for none."""
        joins = " ".join(f"JOIN diagnosis_masks d{at} ON d{at}.diagnosis = {column}" for at, column in enumerate(columns))
        hits = " | ".join(f"d{at}.hits" for at in range(len(columns)))
        vetoes = " | ".join(f"d{at}.vetoes" for at in range(len(columns)))
        none = " AND ".join(f"{column} = -1" for column in columns)
        mask = f"CASE WHEN {none} THEN {self.tables.no_diagnosis} ELSE ({hits}) & ~({vetoes}) END"
        return mask, joins


def table(db, name, columns, rows):
    db.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind_of(column)}' for column in columns)})")
    # One statement with literals: executemany() costs a second for two thousand rows.
    literals = ", ".join(str(row) if len(row) > 1 else f"({row[0]})" for row in map(tuple, rows))
    if rows:
        db.execute(f"INSERT INTO {name} VALUES {literals}")


def kind_of(column):
    return {"drug": "INTEGER", "diagnosis": "INTEGER", "quantity": "VARCHAR"}.get(column, "BIGINT")


def conjunction(parts):
    return " & ".join(f"({part})" for part in parts) or "-1"


class Segments:
    """Relations over a lake's segments: each month's files with their month."""

    def __init__(self, window):
        self.window = window

    def events(self, dataset, months, columns):
        """Rows of a dataset in some months, or None."""
        files = self.window.event_files(dataset, months)
        parts = [f"SELECT {month} AS month, {columns} FROM read_parquet({paths})" for month, paths in files]
        return " UNION ALL ".join(parts) or None

    def inhabitants(self):
        """Every census row, or None."""
        files = self.window.lake.register("inhabitants")
        return f"FROM read_parquet({files})" if files else None


def antibiotics(db, window, source):
    """The period's antibiotics, and the days after it that a contact of the period may have led to."""
    columns = "event, patient, prescriber, day, drug, items, ddd_milli, units_milli, diagnosis, age, sex, area"
    db.execute(f"CREATE TABLE antibiotics AS {source.events('antibiotics', [*window.months, window.last + 1], columns)}")


def link(db, window, source):
    """Step 2 of decision 0001: pairs within reach, then the preferred contact of each antibiotic."""
    columns = (
        "event, patient, prescriber, day, minute, setting, form, diagnosis_1, diagnosis_2, diagnosis_3, age, sex"
    )
    months = [window.first - 1, *window.months, window.last + 1]
    halves = []
    for dataset, infection in (("infection_contacts", 1), ("other_contacts", 0)):
        rows = source.events(dataset, months, columns)
        if rows:
            halves.append(f"SELECT {infection} AS infection, * FROM ({rows})")
    db.execute(
        f"""CREATE TABLE pairs AS
        SELECT a.event AS antibiotic, c.*, c.infection * 4294967296 + c.day * 2048 + c.minute + 1 AS preference
        FROM ({' UNION ALL '.join(halves)}) c JOIN antibiotics a ON a.patient = c.patient AND a.prescriber = c.prescriber
        WHERE c.day BETWEEN a.day - {LINK_DAYS} AND a.day AND a.patient >= 0 AND a.prescriber >= 0"""
    )
    db.execute(
        """CREATE TABLE links AS
        SELECT p.* FROM pairs p JOIN (
            SELECT q.antibiotic, q.preference, max(q.event) AS event FROM pairs q JOIN (
                SELECT antibiotic, max(preference) AS preference FROM pairs GROUP BY antibiotic) best
            USING (antibiotic, preference) GROUP BY q.antibiotic, q.preference) chosen
        USING (antibiotic, preference, event)"""
    )


def contact_sums(db, window, source, masks):
    """Contacts by prescriber and month; and who had duty contacts, for dual roles."""
    wanted = masks.plan.measure("contacts")
    columns = "prescriber, setting, form, diagnosis_1, diagnosis_2, diagnosis_3, age, sex"
    parts = masks.contact(wanted)
    diagnoses, joins = masks.diagnoses(["c.diagnosis_1", "c.diagnosis_2", "c.diagnosis_3"])
    halves = [source.events(dataset, window.months, columns) for dataset in ("infection_contacts", "other_contacts")]
    halves = [half for half in halves if half]
    db.execute(
        f"""CREATE TABLE contact_counts AS
        SELECT prescriber, month, {conjunction([*parts, diagnoses, str(wanted)])} AS mask, c.setting = 2 AS duty, count(*) AS n
        FROM ({' UNION ALL '.join(halves)}) c {joins} GROUP BY ALL"""
    )
    db.execute(
        """CREATE TABLE dual AS SELECT prescriber FROM contact_counts WHERE duty AND prescriber >= 0
        INTERSECT SELECT prescriber FROM practice_lists"""
        if has_lists(db, window, source)
        else "CREATE TABLE dual (prescriber INTEGER)"
    )
    expand(db, "contact_sums", "contact_counts", "n", wanted, masks)


def has_lists(db, window, source):
    rows = source.events("practice_lists", window.months, "prescriber, age_from, age_to, sex, patients")
    if rows:
        db.execute(f"CREATE TABLE practice_lists AS {rows}")
    else:
        db.execute("CREATE TABLE sums_lists (prescriber INTEGER, month BIGINT, term BIGINT, value BIGINT)")
    return rows is not None


def expand(db, name, counts, value, wanted, masks):
    """Takes masks apart: one row per prescriber, month and term."""
    table(db, f"bits_{name}", ["term", "bit"], [(bit, 1 << bit) for bit in masks.plan.numbered(wanted)])
    db.execute(
        f"""CREATE TABLE {name} AS SELECT prescriber, month, term, sum({value})::BIGINT AS value
        FROM (SELECT prescriber, month, mask, sum({value}) AS {value} FROM {counts} GROUP BY ALL) JOIN bits_{name}
        ON mask & bit <> 0 WHERE prescriber >= 0 GROUP BY ALL"""
    )


def dispensing_sums(db, window, masks):
    """Items, DDD and persons."""
    plan, tables = masks.plan, masks.tables
    db.execute(f"CREATE TABLE masked AS {masked_dispensings(masks)}")
    counted = "(SELECT * FROM masked WHERE month BETWEEN {} AND {})".format(window.first, window.last)
    for name, value in (("dispensings", "items"), ("ddd", "greatest(ddd_milli, 0)")):
        wanted = plan.measure(name, population="prescriber")
        db.execute(
            f"""CREATE TABLE counts_{name} AS SELECT prescriber, month, mask & {wanted} AS mask, sum({value}) AS n
            FROM {counted} GROUP BY ALL"""
        )
        expand(db, f"sums_{name}", f"counts_{name}", "n", wanted, masks)
    wanted = plan.measure("patients", population="prescriber")
    for name, keys in (("patients", "prescriber, 0 AS month"), ("month_patients", "prescriber, month")):
        db.execute(
            f"""CREATE TABLE counts_{name} AS SELECT prescriber, month, mask, count(*) AS n FROM (
                SELECT {keys}, patient, bit_or(mask & {wanted}) AS mask FROM {counted}
                WHERE patient >= 0 AND mask & {wanted} <> 0 GROUP BY ALL)
            GROUP BY ALL"""
        )
        expand(db, f"sums_{name}", f"counts_{name}", "n", wanted, masks)


def masked_dispensings(masks):
    """Every antibiotic with its terms."""
    tables = masks.tables
    every = masks.every
    on_prescription = "CASE WHEN p.hits IS NULL THEN 0 ELSE p.hits & ~p.vetoes END"
    by_contact, joins = masks.diagnoses(["l.diagnosis_1", "l.diagnosis_2", "l.diagnosis_3"])
    joins = joins.replace("JOIN", "LEFT JOIN")
    diagnosis = f"""CASE WHEN a.diagnosis >= 0 THEN {on_prescription} & {tables.by_prescription}
        WHEN l.event IS NOT NULL THEN ({by_contact}) & {tables.by_contact}
        ELSE {tables.no_diagnosis & tables.unlinked} END"""
    dual = f"""CASE WHEN coalesce(l.setting, 0) = 0 AND a.prescriber IN (SELECT prescriber FROM dual)
        THEN {every & ~tables.dual_role} ELSE {every} END"""
    parts = masks.choose("coalesce(l.setting, 0)", tables.settings, every) + masks.person("a.age", "a.sex", every)
    return f"""SELECT a.event, a.patient, a.prescriber, a.area, a.day, a.month, a.items, a.ddd_milli,
            l.event AS contact, {drug_mask(every)} AS drug_bits, {conjunction([*parts, diagnosis, dual, drug_mask(every)])} AS mask
        FROM antibiotics a LEFT JOIN links l ON l.antibiotic = a.event JOIN drug_masks m ON m.drug = a.drug
        LEFT JOIN diagnosis_masks p ON p.diagnosis = a.diagnosis {joins} {course_join()}"""


def drug_mask(every):
    return f"m.bits & ({every} - coalesce(x.bits, 0))"


def course_join():
    """The terms lost to course limits, by antibiotic: a missing quantity passes none."""
    return """LEFT JOIN (SELECT a.event, bit_or(k.bits) AS bits FROM antibiotics a JOIN course_limits k ON k.drug = a.drug
        WHERE CASE k.quantity WHEN 'ddd' THEN a.ddd_milli ELSE a.units_milli END NOT BETWEEN 0 AND k.at_most
        GROUP BY a.event) x ON x.event = a.event"""


def treated_sums(db, window, masks):
    """Contacts that a matching dispensing is linked to: once each, on the contact's day."""
    wanted = masks.plan.measure("treated_contacts")
    diagnoses, joins = masks.diagnoses(["c.diagnosis_1", "c.diagnosis_2", "c.diagnosis_3"])
    mask = conjunction([*masks.contact(wanted), diagnoses, f"t.bits & {masks.tables.by_contact & wanted}"])
    db.execute(
        f"""CREATE TABLE counts_treated AS
        SELECT c.prescriber, c.month, {mask} AS mask, count(*) AS n
        FROM (SELECT DISTINCT ON (event) * FROM links) c
        JOIN (SELECT contact, bit_or(drug_bits) AS bits FROM masked WHERE contact IS NOT NULL GROUP BY contact) t
            ON t.contact = c.event {joins}
        WHERE c.month BETWEEN {window.first} AND {window.last} GROUP BY ALL"""
    )
    expand(db, "sums_treated", "counts_treated", "n", wanted, masks)


def list_sums(db, window, masks):
    """List patients in thousandths, weighted where the definition says so."""
    if db.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'practice_lists'").fetchone() == (0,):
        return
    rows = []
    for low, high, sex in db.execute("SELECT DISTINCT age_from, age_to, sex FROM practice_lists").fetchall():
        for bit in masks.plan.numbered(masks.plan.measure("list_patients")):
            weight = window.list_weight(bit, low, None if high < 0 else high, sex)
            if weight is not None:
                rows.append((low, high, sex, bit, weight))
    table(db, "weights", ["age_from", "age_to", "sex", "term", "weight"], rows)
    db.execute(
        """CREATE TABLE sums_lists AS SELECT prescriber, month, term, sum(patients * weight)::BIGINT AS value
        FROM practice_lists JOIN weights USING (age_from, age_to, sex) GROUP BY ALL"""
    )


def population_sums(db, window, source, masks):
    """Indicators about inhabitants, by municipality of residence; a person counts once in the country."""
    plan, tables = masks.plan, masks.tables
    parts = []
    counted = f"(SELECT * FROM masked WHERE month BETWEEN {window.first} AND {window.last})"
    for bit in plan.numbered(plan.measure("dispensings", population="municipality")):
        parts.append(f"SELECT area, {bit} AS term, sum(items) AS value FROM {counted} WHERE mask & {1 << bit} <> 0 GROUP BY area")
    for bit in plan.numbered(plan.measure("ddd", population="municipality")):
        parts.append(
            f"SELECT area, {bit} AS term, sum(greatest(ddd_milli, 0)) AS value FROM {counted} WHERE mask & {1 << bit} <> 0 GROUP BY area"
        )
    for bit in plan.numbered(plan.measure("patients", population="municipality")):
        first = f"SELECT arg_min(area, day::HUGEINT * 9223372036854775808 + event) AS area FROM {counted} WHERE mask & {1 << bit} <> 0 AND patient >= 0 GROUP BY patient"
        parts.append(f"SELECT area, {bit} AS term, count(*) AS value FROM ({first}) GROUP BY area")
    census = source.inhabitants()
    for bit in plan.numbered(plan.measure("inhabitants")) if census else []:
        ages = [at - 1 for at, mask in enumerate(tables.ages) if mask >> bit & 1]
        sexes = [sex for sex, mask in enumerate(tables.sexes) if mask >> bit & 1]
        parts.append(
            f"""SELECT area, {bit} AS term, sum(inhabitants) AS value FROM ({census})
            WHERE day = (SELECT max(day) FROM ({census}) WHERE day <= {window.census_before})
            AND age IN {tuple(ages)} AND sex IN {tuple(sexes)} GROUP BY area"""
        )
    empty = "SELECT NULL::INTEGER AS area, 0 AS term, 0::BIGINT AS value WHERE false"
    db.execute(f"CREATE TABLE population AS SELECT area, term, value::BIGINT AS value FROM ({' UNION ALL '.join([empty, *parts])}) WHERE area >= 0")


if __name__ == "__main__":
    main(*sys.argv[1:])
