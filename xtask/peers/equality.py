"""Does a peer come to the numbers of the edition?

    python equality.py LAKE EDITION OUT [OUT …]

Numerators and denominators must be equal, digit for digit, for every prescriber × indicator of the period and of each
month, and for every municipality; deciles of every scope that has them, to the three significant
digits an edition tells (docs/decisions/0004-disclosure.md). Ends with an error if anything differs.
"""

import json
import sys
from pathlib import Path

import polars as pl

from lake import Lake, month_index

c = pl.col
BOTH = ["numerator", "denominator"]
# Half a unit of the third significant digit, as a part of the value, and what floats add.
TOLERANCE = 0.005 + 1e-9


def main(lake, edition, *outs):
    edition, lake = Path(edition), Lake(lake)
    meta = json.loads((edition / "edition.json").read_text())
    failures = 0
    for out in outs:
        for name, compare in (("values", values), ("months", months), ("population", population), ("deciles", deciles)):
            compared, wrong, example = compare(lake, edition, meta, Path(out))
            verdict = "equal" if wrong == 0 else f"{wrong} DIFFER, for instance {example}"
            print(f"  {Path(out).name:<10} {name:<11} {compared:>9} numbers compared: {verdict}")
            failures += wrong > 0 or compared == 0
    raise SystemExit(1 if failures else 0)


def concerned(edition):
    """Prescribers and indicators that the edition has a value for."""
    rows = pl.read_parquet(edition / "values.parquet").filter(c("window") == 0, c("unavailable").is_null())
    return rows.select("indicator", *BOTH, row="prescriber")


def values(lake, edition, meta, out):
    """The period."""
    theirs = pl.read_parquet(out / "values.parquet")
    return differences(concerned(edition), theirs, ["row", "indicator"], keep="left")


def months(lake, edition, meta, out):
    """Each month of the period; the edition leaves 0/0 out."""
    index = {at: month_index(month["month"]) for at, month in enumerate(meta["months"])}
    period = range(month_index(meta["period"]["first"]), month_index(meta["period"]["last"]) + 1)
    ours = pl.read_parquet(edition / "months.parquet")
    ours = ours.select("indicator", *BOTH, row="prescriber", month=c("month").replace_strict(index, return_dtype=pl.Int32))
    ours = ours.filter(c("month").is_in(period))
    theirs = pl.read_parquet(out / "months.parquet").cast({"month": pl.Int32})
    theirs = theirs.join(concerned(edition).select("row", "indicator"), on=["row", "indicator"])
    theirs = theirs.filter((c("numerator") != 0) | (c("denominator") != 0))
    return differences(ours, theirs, ["row", "indicator", "month"], keep="full")


def population(lake, edition, meta, out):
    """Indicators about inhabitants, by municipality."""
    scopes = pl.read_parquet(edition / "scopes.parquet").filter(c("kind") == 2)
    codes = [entry["code"] for entry in lake.dictionary("areas")]
    areas = pl.DataFrame({"code": codes}).with_row_index("area").cast({"area": pl.Int32})
    ours = pl.read_parquet(edition / "population.parquet").filter(c("window") == 0, c("unavailable").is_null())
    ours = ours.join(scopes.select("scope", "code"), on="scope").join(areas, on="code")
    theirs = pl.read_parquet(out / "population.parquet").cast({"area": pl.Int32})
    return differences(ours.select("area", "indicator", *BOTH), theirs, ["area", "indicator"], keep="left")


def differences(ours, theirs, keys, keep):
    """(numbers compared, rows that differ, one of them); a row that one side lacks is 0/0 there."""
    theirs = theirs.with_columns([c(name).cast(pl.Int64) for name in BOTH]).select(*keys, *BOTH)
    ours = ours.with_columns([c(name).cast(pl.Int64) for name in BOTH]).cast({key: theirs.schema[key] for key in keys})
    rows = ours.join(theirs, on=keys, how=keep, suffix="_peer", coalesce=True).fill_null(0)
    wrong = rows.filter((c("numerator") != c("numerator_peer")) | (c("denominator") != c("denominator_peer")))
    return 2 * rows.height, wrong.height, wrong.sort(keys).head(1).to_dicts()


def deciles(lake, edition, meta, out):
    """Deciles of country, counties, municipalities and course groups that are not kept back."""
    points = [f"p{point}0" for point in range(1, 10)]
    scopes = pl.read_parquet(edition / "scopes.parquet")
    ours = pl.read_parquet(edition / "scope_values.parquet").filter(c("window") == 0, c("p50").is_not_null())
    ours = ours.join(scopes.select("scope", "kind", "code"), on="scope")
    theirs = pl.read_parquet(out / "deciles.parquet").cast({"kind": ours.schema["kind"], "indicator": ours.schema["indicator"]})
    rows = ours.join(theirs.drop_nulls("code"), on=["kind", "code", "indicator"], how="left", suffix="_peer")
    off = [((c(point) - c(f"{point}_peer")).abs() <= TOLERANCE * c(point).abs() + 1e-12).fill_null(False) for point in points]
    wrong = rows.filter(~pl.all_horizontal(off) | (c("prescribers") != c("prescribers_peer")).fill_null(True))
    return 9 * rows.height, wrong.height, wrong.head(1).select("kind", "code", "indicator", "p50", "p50_peer").to_dicts()


if __name__ == "__main__":
    main(*sys.argv[1:])
