"""Sums become indicators, and prescribers are held against each other: Polars' part of the comparison.

Who has a report, where they work and which indicators concern them is taken from the edition; every number is Polars' own.
"""

import polars as pl

from window import OTHER_WORK

c = pl.col
DECILES = [at / 10 for at in range(1, 10)]


def write_outcome(window, additive, patients, month_patients, population, out):
    """The same four tables as compare_duckdb.py."""
    schema = {"indicator": pl.Int32, "numerator": pl.Int32, "denominator": pl.Int32, "population": pl.String}
    rows = [
        (
            *(at, above, below, definition.population, window.divisor(above), window.divisor(below), window.compared_from[at]),
            *(definition.scope == "any", window.lowered(above, below)),
        )
        for at, (definition, above, below) in enumerate(window.plan.indicators)
    ]
    indicators = pl.DataFrame(rows, schema=schema | {"above": pl.Int64, "below": pl.Int64, "least": pl.Int64, "any_work": pl.Boolean, "lowered": pl.Boolean}, orient="row")
    who = reported(window)
    own = indicators.filter(c("population") == "prescriber")
    sums = pl.concat([additive, patients.select(additive.columns)])
    sums = sums.join(who.select("prescriber", "row"), on="prescriber")
    values = ratios(sums, ["row"], own)
    values.write_parquet(f"{out}/values.parquet")
    monthly = pl.concat([additive, month_patients.select(additive.columns)])
    monthly = monthly.join(who.select("prescriber", "row"), on="prescriber")
    ratios(monthly, ["row", "month"], own).write_parquet(f"{out}/months.parquet")
    of_areas = indicators.filter(c("population") == "municipality")
    ratios(population, ["area"], of_areas).write_parquet(f"{out}/population.parquet")
    deciles(window, values, own, who).write_parquet(f"{out}/deciles.parquet")


def reported(window):
    """The prescribers of the edition by dictionary id, with their scopes."""
    schema = {"prescriber": pl.Int32, "external_id": pl.String}
    ids = pl.DataFrame(window.prescriber_ids(), schema=schema, orient="row")
    edition = pl.read_parquet(window.edition / "prescribers.parquet").drop("prescriber", strict=False)
    edition = edition.with_row_index("row").cast({"row": pl.Int32})
    others = c("roles").str.split(" ").list.eval(~pl.element().is_in(OTHER_WORK)).list.any()
    edition = edition.with_columns(other_work=(c("list_months") == 0) & (c("roles") != "") & ~others)
    return edition.join(ids, on="external_id").select("row", "prescriber", "county", "municipality", "course_group", "dual_role", "other_work")


def ratios(sums, keys, indicators):
    """Numerators and denominators; a row where one of them is not zero."""
    both = []
    for part in ("numerator", "denominator"):
        joined = sums.join(indicators.select("indicator", term=part), on="term")
        both.append(joined.select(*keys, "indicator", pl.col("value").alias(part)))
    both = pl.concat(both, how="diagonal").group_by(*keys, "indicator")
    return both.agg(c("numerator").fill_null(0).sum(), c("denominator").fill_null(0).sum())


def deciles(window, values, indicators, who):
    """Deciles of every scope over its prescribers with a denominator that is compared: linear, inclusive."""
    concerned = pl.scan_parquet(window.edition / "values.parquet").filter(c("window") == 0, c("unavailable").is_null())
    concerned = concerned.select("indicator", row="prescriber").collect()
    rows = values.join(concerned, on=["row", "indicator"]).join(who, on="row")
    rows = rows.join(indicators.select("indicator", "above", "below", "least", "any_work", "lowered"), on="indicator")
    rows = rows.filter(~(c("lowered") & (c("dual_role") == 1)) & ~(c("any_work") & c("other_work")))
    ratio = (c("numerator") / c("above")) / (c("denominator") / c("below"))
    rows = rows.filter(c("denominator") >= c("least")).with_columns(ratio=ratio, country=pl.lit("country"))
    points = {f"p{round(p * 100)}": c("ratio").quantile(p, "linear") for p in DECILES}
    parts = []
    for kind, scope in enumerate(("country", "county", "municipality", "course_group")):
        sums = rows.group_by(code=scope, indicator="indicator").agg(prescribers=pl.len(), **points)
        parts.append(sums.with_columns(kind=pl.lit(kind, pl.Int32)))
    return pl.concat(parts)
