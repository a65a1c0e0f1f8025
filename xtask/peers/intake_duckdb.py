"""One month of text deliveries into checked, pseudonymised, sorted Parquet, by DuckDB (intake_rules.py says what is checked).

    python intake_duckdb.py DISPENSINGS.csv CONTACTS.csv OUT
"""

import sys

from account import Account

account = Account()
import duckdb  # noqa: E402  (importing the engine is part of what it costs)

import intake_rules as rules  # noqa: E402

REASONS_OF_A_PERSON = """
    WHEN NOT ({check_digits}) THEN 'bad_identity_number'
    WHEN patient_birth_date IS NOT NULL AND TRY_CAST(patient_birth_date AS DATE) IS NULL THEN 'bad_date'
    WHEN TRY_CAST(patient_birth_date AS DATE) > TRY_CAST({day} AS DATE) THEN 'impossible_age'
    WHEN patient_sex NOT IN ('0', '1', '2', '9') THEN 'unknown_sex_code'
    WHEN patient_municipality IS NOT NULL AND NOT regexp_full_match(patient_municipality, '[0-9]{{4}}') THEN 'bad_municipality'
    WHEN prescriber_hpr IS NOT NULL AND prescriber_hpr <> '0' AND NOT regexp_full_match(prescriber_hpr, '[0-9]{{7,9}}') THEN 'bad_prescriber'
"""


def main(dispensings, contacts, out):
    db = duckdb.connect()
    db.sql("SET threads = 2")
    db.sql("SET preserve_insertion_order = false")
    read(db, "dispensings", dispensings, dispensing_reason(*rules.month_of(dispensings)), "dispensed_date")
    account.step("dispensings read and checked")
    read(db, "contacts", contacts, contact_reason(*rules.month_of(contacts)), "contact_time")
    account.step("contacts read and checked")
    identities(db)
    account.step("identities")
    write(db, out)
    account.step("sort and write")
    account.write(f"{out}/account.json", engine=f"DuckDB {duckdb.__version__}")


def check_digits():
    digit = lambda at: f"(ascii(substr(patient_id, {at}, 1)) - 48)"  # noqa: E731
    first = " + ".join(f"{weight} * {digit(at)}" for at, weight in enumerate((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), 1))
    second = " + ".join(f"{weight} * {digit(at)}" for at, weight in enumerate((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 1))
    return f"patient_id IS NULL OR patient_id IN {rules.MASKED} OR (length(patient_id) = 11 AND ({first}) % 11 <= 3 AND ({second}) % 11 = 0)"


def dispensing_reason(first, last):
    return f"""CASE WHEN dispensing_id IS NULL THEN 'missing_id'
    WHEN status NOT IN ('dispensed', 'annulled') THEN 'unknown_status' WHEN receiver NOT IN ('human', 'animal', 'practice') THEN 'unknown_receiver'
    WHEN dispensed_date IS NULL THEN 'missing_date' WHEN TRY_CAST(dispensed_date AS DATE) IS NULL THEN 'bad_date'
    WHEN prescribed_date IS NOT NULL AND TRY_CAST(prescribed_date AS DATE) IS NULL THEN 'bad_date'
    WHEN dispensed_date NOT BETWEEN '{first}' AND '{last}' THEN 'outside_period' WHEN prescribed_date > dispensed_date THEN 'dispensed_before_prescribed'
    WHEN atc IS NOT NULL AND NOT regexp_full_match(atc, '[A-Z][0-9]{{2}}[A-Z]{{2}}[0-9]{{2}}') THEN 'bad_atc'
    WHEN route NOT IN ('oral', 'parenteral', 'rectal', 'inhalation', 'topical') THEN 'unknown_route'
    WHEN TRY_CAST(items AS INTEGER) < 0 OR TRY_CAST(units AS DECIMAL(18, 3)) < 0 OR TRY_CAST(ddd AS DECIMAL(18, 3)) < 0 THEN 'negative_quantity'
    WHEN item_number IS NOT NULL AND NOT regexp_full_match(item_number, '[0-9]{{6}}') THEN 'bad_item_number'
    WHEN diagnosis_system NOT IN ('ICPC-2', 'ICD-10') THEN 'unknown_diagnosis_system'
    {REASONS_OF_A_PERSON.format(check_digits=check_digits(), day='dispensed_date')} END"""


def contact_reason(first, last):
    codes = " ".join(
        f"WHEN diagnosis_{at} IS NOT NULL AND NOT regexp_full_match(diagnosis_{at}, '[A-Z][0-9]{{2,4}}') THEN 'bad_diagnosis'" for at in (1, 2, 3)
    )
    return f"""CASE WHEN contact_id IS NULL THEN 'missing_id' WHEN status NOT IN ('active', 'credited') THEN 'unknown_status'
    WHEN contact_time IS NULL THEN 'missing_date' WHEN TRY_CAST(contact_time AS TIMESTAMP) IS NULL THEN 'bad_date'
    WHEN substr(contact_time, 1, 10) NOT BETWEEN '{first}' AND '{last}' THEN 'outside_period' {codes}
    {REASONS_OF_A_PERSON.format(check_digits=check_digits(), day='contact_time')} END"""


def read(db, name, path, reason, day):
    """Everything as text, then types for what is good."""
    key = f"{name[:-1]}_id"
    columns = {column: "VARCHAR" for column in rules.columns_of(path)}
    source = f"""read_csv('{path}', delim = ';', quote = '"', skip = 2, header = false, columns = {columns}, ignore_errors = true, auto_detect = false)"""
    db.execute(f"CREATE TABLE {name} AS SELECT *, {reason} AS reason FROM {source}")
    taken_back = "'annulled'" if name == "dispensings" else "'credited'"
    db.execute(f"CREATE TABLE {name}_back AS SELECT {key} FROM {name} WHERE status = {taken_back} AND {key} IS NOT NULL")
    counts = db.execute(f"SELECT coalesce(reason, 'kept'), count(*) FROM {name} GROUP BY ALL ORDER BY 2 DESC").fetchall()
    print(f"  {name}: " + ", ".join(f"{count} {what}" for what, count in counts))


def identities(db):
    """Distinct numbers become keyed hashes, and hashes dense ids."""
    distinct = " UNION ".join(f"SELECT patient_id FROM {name} WHERE reason IS NULL" for name in ("dispensings", "contacts"))
    db.execute(
        f"""CREATE TABLE patients AS SELECT patient_id, md5_number_lower('{rules.KEY}' || patient_id) AS pseudonym,
        (row_number() OVER () - 1)::INTEGER AS patient FROM ({distinct}) WHERE patient_id NOT IN {rules.MASKED}"""
    )


def write(db, out):
    event = "(hash({}) >> 1)::BIGINT AS event"
    person = """coalesce(patient, -1) AS patient, coalesce(TRY_CAST(nullif(nullif(prescriber_hpr, '0'), '999999999') AS INTEGER), -1) AS prescriber,
        coalesce(date_sub('year', TRY_CAST(patient_birth_date AS DATE), TRY_CAST({day} AS DATE)), -1)::INTEGER AS age,
        CASE patient_sex WHEN '1' THEN 1 WHEN '2' THEN 2 ELSE 0 END AS sex, patient_municipality AS area"""
    is_antibiotic = f"receiver = 'human' AND (atc LIKE 'J01%' OR atc IN {tuple(rules.antibiotics())})"
    live = "LEFT JOIN patients USING (patient_id) WHERE reason IS NULL AND status IN ('dispensed', 'active')"
    good = f"FROM dispensings ANTI JOIN dispensings_back USING (dispensing_id) {live}"
    milli = "(TRY_CAST({0} AS DECIMAL(18, 3)) * 1000)::BIGINT AS {0}_milli"
    columns = f"{event.format('dispensing_id')}, {person.format(day='dispensed_date')}, dispensed_date::DATE AS day, atc, route, items::INTEGER AS items"
    more = f"prescribed_date::DATE AS prescribed, {milli.format('ddd')}, {milli.format('units')}, diagnosis_system, diagnosis"
    copy(db, f"SELECT {columns}, {more} {good} AND {is_antibiotic}", f"{out}/antibiotics.parquet")
    copy(db, f"SELECT {columns}, receiver {good} AND NOT coalesce({is_antibiotic}, false)", f"{out}/ballast.parquet")
    infections = tuple(rules.infections())
    is_infection = " OR ".join(f"coalesce(diagnosis_{at} IN {infections}, false)" for at in (1, 2, 3))
    good = f"FROM contacts ANTI JOIN contacts_back USING (contact_id) {live}"
    columns = f"""{event.format('contact_id')}, {person.format(day='contact_time')}, contact_time::TIMESTAMP::DATE AS day,
        (epoch(contact_time::TIMESTAMP)::BIGINT // 60 % 1440)::INTEGER AS minute, practice_type, tariffs, diagnosis_1, diagnosis_2, diagnosis_3"""
    copy(db, f"SELECT {columns} {good} AND ({is_infection})", f"{out}/infection_contacts.parquet")
    copy(db, f"SELECT {columns} {good} AND NOT ({is_infection})", f"{out}/other_contacts.parquet")
    db.execute(f"COPY patients TO '{out}/patients.parquet' (FORMAT parquet, COMPRESSION zstd)")


def copy(db, query, path):
    db.execute(f"COPY ({query} ORDER BY patient, day, event) TO '{path}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")


if __name__ == "__main__":
    main(*sys.argv[1:])
