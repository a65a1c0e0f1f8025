"""One month of text deliveries into checked, pseudonymised, sorted Parquet, by Polars (intake_rules.py says what is checked).

    python intake_polars.py DISPENSINGS.csv CONTACTS.csv OUT
"""

import os
import sys

from account import Account

account = Account()
os.environ.setdefault("POLARS_MAX_THREADS", "2")
import polars as pl  # noqa: E402  (importing the engine is part of what it costs)

import intake_rules as rules  # noqa: E402

c, lit = pl.col, pl.lit
ROUTES = ["oral", "parenteral", "rectal", "inhalation", "topical"]


def main(dispensings, contacts, out):
    given = read(dispensings, lambda: dispensing_reason(*rules.month_of(dispensings)))
    account.step("dispensings read and checked")
    met = read(contacts, lambda: contact_reason(*rules.month_of(contacts)))
    account.step("contacts read and checked")
    patients = identities(given, met)
    account.step("identities")
    write_dispensings(given, patients, out)
    write_contacts(met, patients, out)
    patients.write_parquet(f"{out}/patients.parquet", compression="zstd")
    account.step("sort and write")
    account.write(f"{out}/account.json", engine=f"Polars {pl.__version__}")


def read(path, reason):
    """Everything as text, and why a row is refused."""
    rows = pl.scan_csv(
        path, separator=";", skip_lines=1, infer_schema=False, truncate_ragged_lines=True, ignore_errors=True, low_memory=True
    )
    rows = rows.with_columns(reason=reason()).collect(engine="streaming")
    counts = rows["reason"].fill_null("kept").value_counts(sort=True).iter_rows()
    print(f"  {path.rsplit('/', 1)[-1]}: " + ", ".join(f"{count} {what}" for what, count in counts))
    return rows


def first_of(*reasons):
    """The first reason whose condition holds; a condition about a missing value does not hold."""
    chain = pl
    for condition, reason in reasons:
        chain = chain.when(condition.fill_null(False)).then(lit(reason))
    return chain.otherwise(lit(None))


def is_no_date(column):
    return c(column).is_not_null() & c(column).str.to_date("%Y-%m-%d", strict=False).is_null()


def bad_check_digits():
    digit = lambda at: c("patient_id").str.slice(at, 1).cast(pl.Int32, strict=False)  # noqa: E731
    first = sum(weight * digit(at) for at, weight in enumerate((3, 7, 6, 1, 8, 9, 4, 5, 2, 1)))
    second = sum(weight * digit(at) for at, weight in enumerate((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)))
    good = (c("patient_id").str.len_bytes() == 11) & (first % 11 <= 3) & (second % 11 == 0)
    return c("patient_id").is_not_null() & ~c("patient_id").is_in(rules.MASKED) & ~good.fill_null(False)


def reasons_of_a_person(day):
    return [
        (bad_check_digits(), "bad_identity_number"),
        (is_no_date("patient_birth_date"), "bad_date"),
        (c("patient_birth_date") > c(day), "impossible_age"),
        (~c("patient_sex").is_in(["0", "1", "2", "9"]), "unknown_sex_code"),
        (~c("patient_municipality").str.contains("^[0-9]{4}$"), "bad_municipality"),
        ((c("prescriber_hpr") != "0") & ~c("prescriber_hpr").str.contains("^[0-9]{7,9}$"), "bad_prescriber"),
    ]


def dispensing_reason(first, last):
    number = lambda column: c(column).cast(pl.Float64, strict=False)  # noqa: E731
    return first_of(
        (c("dispensing_id").is_null(), "missing_id"),
        (~c("status").is_in(["dispensed", "annulled"]), "unknown_status"),
        (~c("receiver").is_in(["human", "animal", "practice"]), "unknown_receiver"),
        (c("dispensed_date").is_null(), "missing_date"),
        (is_no_date("dispensed_date") | is_no_date("prescribed_date"), "bad_date"),
        (~c("dispensed_date").is_between(lit(first), lit(last)), "outside_period"),
        (c("prescribed_date") > c("dispensed_date"), "dispensed_before_prescribed"),
        (~c("atc").str.contains("^[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}$"), "bad_atc"),
        (~c("route").is_in(ROUTES), "unknown_route"),
        ((number("items") < 0) | (number("units") < 0) | (number("ddd") < 0), "negative_quantity"),
        (~c("item_number").str.contains("^[0-9]{6}$"), "bad_item_number"),
        (~c("diagnosis_system").is_in(["ICPC-2", "ICD-10"]), "unknown_diagnosis_system"),
        *reasons_of_a_person("dispensed_date"),
    )


def contact_reason(first, last):
    return first_of(
        (c("contact_id").is_null(), "missing_id"),
        (~c("status").is_in(["active", "credited"]), "unknown_status"),
        (c("contact_time").is_null(), "missing_date"),
        (c("contact_time").str.to_datetime("%Y-%m-%dT%H:%M", strict=False).is_null(), "bad_date"),
        (~c("contact_time").str.slice(0, 10).is_between(lit(first), lit(last)), "outside_period"),
        *((~c(f"diagnosis_{at}").str.contains("^[A-Z][0-9]{2,4}$"), "bad_diagnosis") for at in (1, 2, 3)),
        *reasons_of_a_person("contact_time"),
    )


def identities(*frames):
    """Distinct numbers become keyed hashes, and hashes dense ids."""
    good = [frame.lazy().filter(c("reason").is_null()).select("patient_id") for frame in frames]
    distinct = pl.concat(good).unique().filter(c("patient_id").is_not_null(), ~c("patient_id").is_in(rules.MASKED))
    named = distinct.with_columns(pseudonym=c("patient_id").hash(int(rules.KEY[:15], 16))).collect(engine="streaming")
    return named.with_row_index("patient").cast({"patient": pl.Int32})


def typed(frame, id_column, taken_back, patients, day):
    """Live rows with types and dense ids."""
    gone = frame.lazy().filter(c("status") == taken_back).select(id_column).drop_nulls()
    rows = frame.lazy().filter(c("reason").is_null(), c("status") != taken_back).join(gone, on=id_column, how="anti")
    rows = rows.join(patients.lazy().select("patient_id", "patient"), on="patient_id", how="left")
    date, birth = c(day).str.slice(0, 10).str.to_date("%Y-%m-%d"), c("patient_birth_date").str.to_date("%Y-%m-%d", strict=False)
    month_day = lambda it: it.dt.month().cast(pl.Int32) * 100 + it.dt.day()  # noqa: E731
    age = date.dt.year() - birth.dt.year() - (month_day(date) < month_day(birth)).cast(pl.Int32)
    prescriber = c("prescriber_hpr").cast(pl.Int32, strict=False)
    return rows.with_columns(
        c("patient").fill_null(-1), event=(c(id_column).hash(0) // 2).cast(pl.Int64), day=date, age=age.fill_null(-1),
        prescriber=pl.when(prescriber.is_in([0, 999999999])).then(-1).otherwise(prescriber).fill_null(-1),
        sex=pl.when(c("patient_sex") == "1").then(1).when(c("patient_sex") == "2").then(2).otherwise(0),
        area=c("patient_municipality"),
    )


def sink(rows, path):
    rows.sort("patient", "day", "event").sink_parquet(path, compression="zstd", compression_level=1)


def write_dispensings(given, patients, out):
    rows = typed(given, "dispensing_id", "annulled", patients, "dispensed_date")
    is_antibiotic = (c("receiver") == "human") & (c("atc").str.starts_with("J01") | c("atc").is_in(rules.antibiotics()))
    is_antibiotic = is_antibiotic.fill_null(False)
    columns = ["event", "patient", "prescriber", "age", "sex", "area", "day", "atc", "route", c("items").cast(pl.Int32)]
    milli = lambda name: (c(name).cast(pl.Float64) * 1000).round().cast(pl.Int64).alias(f"{name}_milli")  # noqa: E731
    more = [c("prescribed_date").str.to_date("%Y-%m-%d"), milli("ddd"), milli("units"), "diagnosis_system", "diagnosis"]
    sink(rows.filter(is_antibiotic).select(*columns, *more), f"{out}/antibiotics.parquet")
    sink(rows.filter(~is_antibiotic).select(*columns, "receiver"), f"{out}/ballast.parquet")


def write_contacts(met, patients, out):
    rows = typed(met, "contact_id", "credited", patients, "contact_time")
    codes = [f"diagnosis_{at}" for at in (1, 2, 3)]
    is_infection = pl.any_horizontal([c(code).is_in(rules.infections()).fill_null(False) for code in codes])
    time = c("contact_time").str.to_datetime("%Y-%m-%dT%H:%M")
    minute = time.dt.hour().cast(pl.Int32) * 60 + time.dt.minute()
    columns = ["event", "patient", "prescriber", "age", "sex", "area", "day", minute.alias("minute"), "practice_type", "tariffs", *codes]
    sink(rows.filter(is_infection).select(columns), f"{out}/infection_contacts.parquet")
    sink(rows.filter(~is_infection).select(columns), f"{out}/other_contacts.parquet")


if __name__ == "__main__":
    main(*sys.argv[1:])
