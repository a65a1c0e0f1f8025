"""Sums become indicators, and indicators of one country become deciles: Polars' part of the comparison."""

import polars as pl

c = pl.col
DECILES = [at / 10 for at in range(1, 10)]


def write_outcome(window, monthly, patients, population, out):
    """The same four tables as compare_duckdb.py."""
    plan = window.plan
    rows = [(definition.id, above, below, definition.population) for definition, above, below in plan.indicators]
    schema = {"indicator": pl.String, "above": pl.Int32, "below": pl.Int32, "population": pl.String}
    indicators = pl.DataFrame(rows, schema=schema, orient="row")
    ours = indicators.filter(c("population") == "prescriber")
    sums = pl.concat([monthly, patients.select(monthly.columns)]).group_by("prescriber", "term").agg(c("value").sum())
    values = ratios(sums, ["prescriber"], ours)
    values.write_parquet(f"{out}/values.parquet")
    ratios(monthly, ["prescriber", "month"], ours).write_parquet(f"{out}/months.parquet")
    theirs = indicators.filter(c("population") == "municipality")
    ratios(population, ["area"], theirs).write_parquet(f"{out}/population.parquet")
    deciles(window, values).write_parquet(f"{out}/deciles.parquet")


def ratios(sums, keys, indicators):
    """Numerators and denominators; a row where one of them is not zero."""
    above = sums.join(indicators.select("indicator", term="above"), on="term").rename({"value": "numerator"})
    below = sums.join(indicators.select("indicator", term="below"), on="term").rename({"value": "denominator"})
    both = pl.concat([above, below], how="diagonal").group_by(*keys, "indicator")
    return both.agg(c("numerator").fill_null(0).sum(), c("denominator").fill_null(0).sum())


def deciles(window, values):
    """The country's deciles over the edition's prescribers with enough denominator: linear, inclusive."""
    rows = values.filter(c("denominator") > 0).with_columns(ratio=c("numerator") / c("denominator"))
    points = {f"p{round(p * 100)}": c("ratio").quantile(p, "linear") for p in DECILES}
    return rows.group_by("indicator").agg(prescribers=pl.len(), **points)
