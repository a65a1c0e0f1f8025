"""Sums become indicators, and indicators of one country become deciles: DuckDB's part of the comparison."""

DECILES = [at / 10 for at in range(1, 10)]


def write_outcome(db, window, out):
    """`values`, `months`, `population` and `deciles` as Parquet, by names that any engine's result can be compared by."""
    plan = window.plan
    db.execute("CREATE TABLE indicators (indicator VARCHAR, numerator BIGINT, denominator BIGINT, population VARCHAR)")
    rows = [(definition.id, above, below, definition.population) for definition, above, below in plan.indicators]
    db.executemany("INSERT INTO indicators VALUES (?, ?, ?, ?)", rows)
    db.execute(
        """CREATE TABLE monthly AS SELECT prescriber, month, term, value FROM contact_sums
        UNION ALL SELECT prescriber, month, term, value FROM sums_items UNION ALL SELECT prescriber, month, term, value FROM sums_ddd
        UNION ALL SELECT prescriber, month, term, value FROM treated_sums UNION ALL SELECT prescriber, month, term, value FROM sums_lists"""
    )
    db.execute(
        """CREATE TABLE sums AS SELECT prescriber, term, sum(value)::BIGINT AS value FROM (
            SELECT prescriber, term, value FROM monthly UNION ALL SELECT prescriber, term, value FROM sums_patients) GROUP BY ALL"""
    )
    write(db, ratio_of("sums", "prescriber"), f"{out}/values.parquet")
    write(db, ratio_of("monthly", "prescriber, month"), f"{out}/months.parquet")
    write(db, ratio_of("population", "area", "municipality"), f"{out}/population.parquet")
    write(db, deciles(window, out), f"{out}/deciles.parquet")


def write(db, query, path):
    db.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def ratio_of(sums, keys, population="prescriber"):
    """Numerators and denominators; a row where one of them is not zero."""
    return f"""SELECT {keys}, indicator, sum(CASE WHEN term = numerator THEN value ELSE 0 END)::BIGINT AS numerator,
            sum(CASE WHEN term = denominator THEN value ELSE 0 END)::BIGINT AS denominator
        FROM {sums} JOIN indicators ON term IN (numerator, denominator) WHERE population = '{population}'
        GROUP BY {keys}, indicator"""


def deciles(window, out):
    """The country's deciles over the edition's prescribers with enough denominator: linear, inclusive."""
    return f"""SELECT indicator, count(*) AS prescribers, {', '.join(f'quantile_cont(ratio, {p}) AS p{round(p * 100)}' for p in DECILES)}
        FROM (SELECT indicator, numerator / denominator AS ratio FROM '{out}/values.parquet') GROUP BY indicator"""
