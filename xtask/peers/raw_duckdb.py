"""The build of an edition's numbers from raw delivery Parquet, by DuckDB.

    python raw_duckdb.py DELIVERIES LAKE EDITION OUT

What intake does for a lake happens here in SQL: rows that intake refuses are left out by predicates, cancelled ones by an
anti-join, identity numbers become integers, and codes become the ids of small tables. Contacts are decoded and classified
once into a temporary table. From there it is build_duckdb.py.
LAKE is only asked for the municipalities' order, so that results can be compared.
"""

import sys

import build_duckdb as engine
import deliveries as raw
from build_duckdb import account, connect
from raw_window import RawWindow


def main(folder, lake, edition, out):
    window = RawWindow(lake, edition)
    db = connect()
    source = RawSource(db, window, raw.Deliveries(folder))
    account.step("decode and classify")
    engine.build(db, window, source, out)


DAY = "({} - DATE '1970-01-01')::INTEGER"
PATIENT = f"CASE WHEN patient_id IN {raw.MASKED_PATIENTS} OR patient_id IS NULL THEN -1 ELSE patient_id::BIGINT END"
PRESCRIBER = "CASE WHEN prescriber_hpr IN (0, 999999999) OR prescriber_hpr IS NULL THEN -1 ELSE prescriber_hpr END"
PERSON = (
    "CASE WHEN patient_birth_date IS NULL THEN -1 ELSE date_sub('year', patient_birth_date, {day}::DATE) END::INTEGER AS age, "
    "CASE patient_sex WHEN '1' THEN 1 WHEN '2' THEN 2 ELSE 0 END AS sex"
)
GOOD_PRESCRIBER = "(prescriber_hpr IS NULL OR prescriber_hpr = 0 OR prescriber_hpr >= 1000000)"


def event(column):
    """The delivered id as a number, or 63 bits of a hash of it."""
    return f"coalesce(TRY_CAST({column} AS BIGINT), (hash({column}) >> 1)::BIGINT)"


def check_digits(column):
    """Both check digits of an identity number; the first may also follow the rule of 2032."""
    digit = lambda at: f"(ascii(substr({column}, {at}, 1)) - 48)"  # noqa: E731
    first = " + ".join(f"{weight} * {digit(at)}" for at, weight in enumerate((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), 1))
    second = " + ".join(f"{weight} * {digit(at)}" for at, weight in enumerate((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 1))
    masked = f"{column} IS NULL OR {column} IN {raw.MASKED_PATIENTS}"
    return f"({masked} OR (length({column}) = 11 AND ({first}) % 11 <= 3 AND ({second}) % 11 = 0))"


class RawSource:
    """Relations over delivery files, in the shape of a lake's segments."""

    def __init__(self, db, window, deliveries):
        self.deliveries = deliveries
        self._antibiotics(db, window)
        self._contacts(db, window)

    def _antibiotics(self, db, window):
        codes = tuple(raw.antibiotic_codes())
        every = self.deliveries.every("dispensings")
        db.execute(f"CREATE TABLE annulled AS SELECT dispensing_id FROM read_parquet({every}) WHERE status = 'annulled'")
        parts = [
            f"""SELECT {month} AS month, * FROM '{path}' WHERE (atc LIKE 'J01%' OR atc IN {codes}) AND length(atc) = 7
            AND status = 'dispensed' AND receiver = 'human' AND dispensed_date BETWEEN DATE '1970-01-01' + {first} AND DATE '1970-01-01' + {last}"""
            for month, path, first, last in self._days("dispensings", [*window.months, window.last + 1])
        ]
        db.execute(
            f"""CREATE TABLE delivered AS SELECT * FROM ({' UNION ALL '.join(parts)}) ANTI JOIN annulled USING (dispensing_id)
            WHERE dispensing_id IS NOT NULL AND coalesce(prescribed_date <= dispensed_date, true) AND coalesce(units >= 0, true)
            AND coalesce(ddd >= 0, true) AND coalesce(items >= 0, true) AND coalesce(patient_birth_date <= dispensed_date, true)
            AND {check_digits('patient_id')} AND {GOOD_PRESCRIBER}"""
        )
        drugs = db.execute("SELECT DISTINCT atc, route FROM delivered").fetchall()
        window.made["drugs"] = [{"atc": atc, "route": route} for atc, route in drugs]
        reasons = db.execute("SELECT DISTINCT diagnosis_system, diagnosis FROM delivered WHERE diagnosis IS NOT NULL").fetchall()
        known = {(entry["system"], entry["code"]) for entry in window.made["diagnoses"]}
        window.made["diagnoses"] += [{"system": of, "code": code} for of, code in reasons if (of, code) not in known]
        codes = [(at, entry["system"], entry["code"]) for at, entry in enumerate(window.made["diagnoses"])]
        text_table(db, "codes", "id INTEGER, system VARCHAR, code VARCHAR", codes)
        text_table(db, "drugs", "id INTEGER, atc VARCHAR, route VARCHAR", [(at, *drug) for at, drug in enumerate(drugs)])
        areas = [(at, entry["code"]) for at, entry in enumerate(window.lake.dictionary("areas"))]
        text_table(db, "areas", "id INTEGER, code VARCHAR", areas)

    def _days(self, kind, months):
        return [(month, path, f"{first}", f"{last}") for month, path, first, last in self.deliveries.files(kind, months)]

    def _contacts(self, db, window):
        months = [window.first - 1, *window.months, window.last + 1]
        files = self.deliveries.files("contacts", months)
        paths = [path for _, path, _, _ in files]
        db.execute(f"CREATE TABLE credited AS SELECT contact_id FROM read_parquet({self.deliveries.every('contacts')}) WHERE status = 'credited'")
        tariffs = [text for (text,) in db.execute(f"SELECT DISTINCT tariffs FROM read_parquet({paths})").fetchall()]
        text_table(db, "forms", "tariffs VARCHAR, form INTEGER", [(text, raw.form_of(text)) for text in tariffs])
        infections = [
            (at, window.plan.facts.in_group("infection", entry["system"], entry["code"]))
            for at, entry in enumerate(window.made["diagnoses"])
        ]
        text_table(db, "infections", "id INTEGER, infection BOOLEAN", infections)
        db.execute("CREATE TABLE icpc AS SELECT code, id, infection FROM codes JOIN infections USING (id) WHERE system = 'ICPC-2'")
        parts = [
            f"SELECT {month} AS month, {first} AS first, {last} AS last, * FROM '{path}'" for month, path, first, last in files
        ]
        day = "(epoch_ms(contact_time) // 86400000)::INTEGER"
        db.execute(
            f"""CREATE TABLE contacts AS SELECT month, {event('contact_id')} AS event, {PATIENT} AS patient, {PRESCRIBER} AS prescriber,
            {day} AS day, (epoch_ms(contact_time) % 86400000 // 60000)::INTEGER AS minute,
            CASE WHEN practice_type IN (1, 2) THEN 1 WHEN practice_type IN (3, 4) THEN 2 ELSE 0 END AS setting, f.form AS form,
            coalesce(i1.id, -1) AS diagnosis_1, coalesce(i2.id, -1) AS diagnosis_2, coalesce(i3.id, -1) AS diagnosis_3,
            {PERSON.format(day='contact_time')},
            coalesce(i1.infection, false) OR coalesce(i2.infection, false) OR coalesce(i3.infection, false) AS infection
            FROM ({' UNION ALL '.join(parts)}) c JOIN forms f ON f.tariffs IS NOT DISTINCT FROM c.tariffs
            LEFT JOIN icpc i1 ON i1.code = diagnosis_1 LEFT JOIN icpc i2 ON i2.code = diagnosis_2 LEFT JOIN icpc i3 ON i3.code = diagnosis_3
            WHERE status = 'active' AND contact_id IS NOT NULL AND {GOOD_PRESCRIBER} AND {day} BETWEEN first AND last
            AND (diagnosis_1 IS NULL OR i1.id IS NOT NULL) AND (diagnosis_2 IS NULL OR i2.id IS NOT NULL)
            AND (diagnosis_3 IS NULL OR i3.id IS NOT NULL)
            AND contact_id NOT IN (SELECT contact_id FROM credited WHERE contact_id IS NOT NULL)"""
        )

    def events(self, dataset, months, columns):
        """Rows in the shape of a dataset, or None."""
        within = f"month BETWEEN {min(months)} AND {max(months)}"
        if dataset == "antibiotics":
            return f"""SELECT month, {columns.replace('items', 'coalesce(items, -1)::INTEGER AS items')} FROM (
                SELECT month, {event('dispensing_id')} AS event, {PATIENT} AS patient, {PRESCRIBER} AS prescriber,
                {DAY.format('dispensed_date')} AS day, d.id AS drug, items, coalesce((ddd * 1000)::BIGINT, -1) AS ddd_milli,
                coalesce((units * 1000)::BIGINT, -1) AS units_milli, coalesce(c.id, -1) AS diagnosis,
                {PERSON.format(day='dispensed_date')}, coalesce(a.id, -1) AS area
                FROM delivered r JOIN drugs d ON d.atc = r.atc AND d.route IS NOT DISTINCT FROM r.route
                LEFT JOIN codes c ON c.system = r.diagnosis_system AND c.code = r.diagnosis
                LEFT JOIN areas a ON a.code = r.patient_municipality WHERE {within})"""
        if dataset in ("infection_contacts", "other_contacts"):
            wanted = "infection" if dataset == "infection_contacts" else "NOT infection"
            return f"SELECT month, {columns} FROM contacts WHERE {wanted} AND {within}"
        path = self.deliveries.registers.get("practice_lists")
        if path is None:
            return None
        month = "(year(strptime(month, '%Y-%m')) - 1970) * 12 + month(strptime(month, '%Y-%m')) - 1"
        return f"""SELECT month, {columns} FROM (SELECT {month} AS month, {PRESCRIBER} AS prescriber, age_from::INTEGER AS age_from,
            coalesce(age_to, -1)::INTEGER AS age_to, coalesce(TRY_CAST(sex AS INTEGER), 0) AS sex, patients FROM '{path}') WHERE {within}"""

    def inhabitants(self):
        """Every census row, or None."""
        path = self.deliveries.registers.get("inhabitants")
        return path and f"""SELECT {DAY.format('"date"')} AS day, a.id AS area, age::INTEGER AS age,
            coalesce(TRY_CAST(sex AS INTEGER), 0) AS sex, inhabitants FROM '{path}' i JOIN areas a ON a.code = i.municipality"""


def text_table(db, name, columns, rows):
    """A small table with texts in it."""
    quote = lambda value: "NULL" if value is None else str(value) if isinstance(value, (int, bool)) else f"'{value}'"  # noqa: E731
    db.execute(f"CREATE TABLE {name} ({columns})")
    literals = [f"({', '.join(quote(value) for value in row)})" for row in rows]
    if literals:
        db.execute(f"INSERT INTO {name} VALUES {', '.join(literals)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
