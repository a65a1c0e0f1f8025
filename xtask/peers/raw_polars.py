"""The build of an edition's numbers from raw delivery Parquet, by Polars.

    python raw_polars.py DELIVERIES LAKE EDITION OUT

As raw_duckdb.py: what intake refuses is left out by predicates, and contacts are decoded and classified once.
"""

import sys

import build_polars as engine
import deliveries as raw
import polars as pl
from build_polars import account
from raw_window import RawWindow

c, lit = pl.col, pl.lit


def main(folder, lake, edition, out):
    window = RawWindow(lake, edition)
    source = RawSource(window, raw.Deliveries(folder))
    account.step("decode and classify")
    engine.build(window, source, out)


def event(column):
    """The delivered id as a number, or 63 bits of a hash of it."""
    return c(column).cast(pl.Int64, strict=False).fill_null((c(column).hash(0) // 2).cast(pl.Int64))


def patient():
    known = ~c("patient_id").is_in(raw.MASKED_PATIENTS) & c("patient_id").is_not_null()
    return pl.when(known).then(c("patient_id").cast(pl.Int64, strict=False)).otherwise(-1).alias("patient")


def prescriber():
    masked = c("prescriber_hpr").is_in([0, 999999999]) | c("prescriber_hpr").is_null()
    return pl.when(masked).then(-1).otherwise(c("prescriber_hpr")).cast(pl.Int32).alias("prescriber")


def good_prescriber():
    return c("prescriber_hpr").is_null() | (c("prescriber_hpr") == 0) | (c("prescriber_hpr") >= 1000000)


def person(day):
    """Age in completed years and sex."""
    birth = c("patient_birth_date")
    # Months are 8 bits wide: widened before they are multiplied.
    month_day = lambda it: it.dt.month().cast(pl.Int32) * 100 + it.dt.day()  # noqa: E731
    before = month_day(day) < month_day(birth)
    age = (day.dt.year() - birth.dt.year() - before.cast(pl.Int32)).fill_null(-1).cast(pl.Int32)
    sex = pl.when(c("patient_sex") == "1").then(1).when(c("patient_sex") == "2").then(2).otherwise(0)
    return [age.alias("age"), sex.cast(pl.Int32).alias("sex")]


def check_digits(column):
    """Both check digits of an identity number; the first may also follow the rule of 2032."""
    digit = lambda at: c(column).str.slice(at, 1).cast(pl.Int32, strict=False)  # noqa: E731
    first = sum(weight * digit(at) for at, weight in enumerate((3, 7, 6, 1, 8, 9, 4, 5, 2, 1)))
    second = sum(weight * digit(at) for at, weight in enumerate((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)))
    masked = c(column).is_null() | c(column).is_in(raw.MASKED_PATIENTS)
    return masked | ((c(column).str.len_bytes() == 11) & (first % 11 <= 3) & (second % 11 == 0)).fill_null(False)


class RawSource:
    """Frames over delivery files, in the shape of a lake's segments."""

    def __init__(self, window, deliveries):
        self.window, self.deliveries = window, deliveries
        self.delivered = self._antibiotics()
        self.contacts = self._contacts()

    def _antibiotics(self):
        window, codes = self.window, raw.antibiotic_codes()
        every = pl.scan_parquet(self.deliveries.every("dispensings"))
        annulled = every.filter(c("status") == "annulled").select("dispensing_id").drop_nulls()
        day = c("dispensed_date").cast(pl.Int32)
        parts = []
        for month, path, first, last in self.deliveries.files("dispensings", [*window.months, window.last + 1]):
            rows = pl.scan_parquet(path).filter(c("atc").str.starts_with("J01") | c("atc").is_in(codes), c("atc").str.len_bytes() == 7, c("status") == "dispensed", c("receiver") == "human")
            parts.append(rows.filter(day.is_between(first, last)).with_columns(month=lit(month, pl.Int32)))
        on_time = (c("prescribed_date") <= c("dispensed_date")).fill_null(True)
        born = (c("patient_birth_date") <= c("dispensed_date")).fill_null(True)
        positive = [(c(name) >= 0).fill_null(True) for name in ("units", "ddd", "items")]
        rows = pl.concat(parts).join(annulled, on="dispensing_id", how="anti").filter(c("dispensing_id").is_not_null(), on_time, born, *positive)
        # Only then the check digits: pushed down into the scan they would be asked for every drug there is.
        rows = rows.filter(good_prescriber()).collect(engine="streaming").filter(check_digits("patient_id"))
        drugs = rows.select("atc", "route").unique(maintain_order=True)
        window.made["drugs"] = drugs.to_dicts()
        known = {(entry["system"], entry["code"]) for entry in window.made["diagnoses"]}
        for of, code in rows.select("diagnosis_system", "diagnosis").drop_nulls().unique().iter_rows():
            if (of, code) not in known:
                window.made["diagnoses"].append({"system": of, "code": code})
        diagnoses = pl.DataFrame(window.made["diagnoses"]).with_row_index("diagnosis_id").cast({"diagnosis_id": pl.Int32})
        areas = pl.DataFrame({"patient_municipality": [entry["code"] for entry in window.lake.dictionary("areas")]})
        areas = areas.with_row_index("area").cast({"area": pl.Int32})
        rows = rows.join(drugs.with_row_index("drug").cast({"drug": pl.Int32}), on=["atc", "route"], nulls_equal=True)
        named = diagnoses.rename({"system": "diagnosis_system", "code": "diagnosis"})
        rows = rows.join(named, on=["diagnosis_system", "diagnosis"], how="left").join(areas, on="patient_municipality", how="left")
        milli = lambda name: (c(name) * 1000).cast(pl.Int64).fill_null(-1).alias(f"{name}_milli")  # noqa: E731
        return rows.select(
            "month", patient(), prescriber(), milli("ddd"), milli("units"), *person(c("dispensed_date")), "drug",
            event=event("dispensing_id"), day=day, items=c("items").fill_null(-1).cast(pl.Int32),
            diagnosis=c("diagnosis_id").fill_null(-1), area=c("area").fill_null(-1),
        )

    def _contacts(self):
        window = self.window
        files = self.deliveries.files("contacts", [window.first - 1, *window.months, window.last + 1])
        paths = [path for _, path, _, _ in files]
        every = pl.scan_parquet(self.deliveries.every("contacts"))
        credited = every.filter(c("status") == "credited").select("contact_id").drop_nulls()
        tariffs = pl.scan_parquet(paths).select("tariffs").unique().collect(engine="streaming")["tariffs"].to_list()
        forms = pl.LazyFrame({"tariffs": tariffs, "form": [raw.form_of(text) for text in tariffs]}, schema={"tariffs": pl.String, "form": pl.Int32})
        icpc = [(entry["code"], at) for at, entry in enumerate(window.made["diagnoses"]) if entry["system"] == "ICPC-2"]
        is_infection = [window.plan.facts.in_group("infection", "ICPC-2", code) for code, _ in icpc]
        parts = []
        day = (c("contact_time").dt.epoch("ms") // 86400000).cast(pl.Int32)
        for month, path, first, last in files:
            rows = pl.scan_parquet(path).filter(c("status") == "active", c("contact_id").is_not_null(), good_prescriber())
            parts.append(rows.filter(day.is_between(first, last)).with_columns(month=lit(month, pl.Int32)))
        rows = pl.concat(parts).join(credited, on="contact_id", how="anti").join(forms, on="tariffs", how="left", nulls_equal=True)
        good, infections = [], []
        for name in engine.DIAGNOSES:
            codes = {name: [code for code, _ in icpc], f"{name}_id": [at for _, at in icpc], f"{name}_infection": is_infection}
            codes = pl.LazyFrame(codes, schema_overrides={f"{name}_id": pl.Int32})
            rows = rows.join(codes, on=name, how="left")
            good.append(c(name).is_null() | c(f"{name}_id").is_not_null())
            infections.append(c(f"{name}_infection").fill_null(False))
        practice = c("practice_type")
        setting = pl.when(practice.is_in([1, 2])).then(1).when(practice.is_in([3, 4])).then(2).otherwise(0).cast(pl.Int32)
        return rows.filter(good).select(
            "month", patient(), prescriber(), *person(c("contact_time")), "form",
            event=event("contact_id"), day=day,
            minute=(c("contact_time").dt.epoch("ms") % 86400000 // 60000).cast(pl.Int32), setting=setting,
            infection=pl.any_horizontal(infections), **{name: c(f"{name}_id").fill_null(-1) for name in engine.DIAGNOSES},
        ).collect(engine="streaming")

    def events(self, dataset, months):
        """Rows in the shape of a dataset, or None."""
        within = c("month").is_between(min(months), max(months))
        if dataset == "antibiotics":
            return self.delivered.lazy().filter(within)
        if dataset in ("infection_contacts", "other_contacts"):
            return self.contacts.lazy().filter(within, c("infection") == (dataset == "infection_contacts"))
        path = self.deliveries.registers.get("practice_lists")
        if path is None:
            return None
        month = c("month").str.to_date("%Y-%m")
        index = ((month.dt.year() - 1970) * 12 + month.dt.month() - 1).cast(pl.Int32)
        sex = c("sex").cast(pl.Int32, strict=False).fill_null(0)
        ages = [c("age_from").cast(pl.Int32), c("age_to").fill_null(-1).cast(pl.Int32)]
        rows = pl.scan_parquet(path).select(prescriber(), *ages, c("patients").cast(pl.Int32), month=index, sex=sex)
        return rows.filter(within)

    def inhabitants(self):
        """Every census row, or None."""
        path = self.deliveries.registers.get("inhabitants")
        if path is None:
            return None
        areas = pl.LazyFrame({"municipality": [entry["code"] for entry in self.window.lake.dictionary("areas")]})
        areas = areas.with_row_index("area").cast({"area": pl.Int32})
        sex = c("sex").cast(pl.Int32, strict=False).fill_null(0)
        rows = pl.scan_parquet(path).join(areas, on="municipality")
        return rows.select("area", "inhabitants", day=c("date").cast(pl.Int32), age=c("age").cast(pl.Int32), sex=sex)


if __name__ == "__main__":
    main(*sys.argv[1:])
