"""Sums become indicators, and prescribers are held against each other: DuckDB's part of the comparison.

Who has a report, where they work and which indicators concern them is taken from the edition; every number is DuckDB's own.
"""

from window import OTHER_WORK

DECILES = [at / 10 for at in range(1, 10)]


def write_outcome(db, window, out):
    """Four Parquet tables, by names that any engine's result can be compared by."""
    plan = window.plan
    db.execute("CREATE TABLE indicators (indicator INT, numerator INT, denominator INT, population VARCHAR, above BIGINT, below BIGINT, least BIGINT, any_work BOOL, lowered BOOL)")
    for at, (definition, above, below) in enumerate(plan.indicators):
        divisors = [window.divisor(above), window.divisor(below)]
        db.execute(
            "INSERT INTO indicators VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [at, above, below, definition.population, *divisors, window.compared_from[at], definition.scope == "any", window.lowered(above, below)],
        )
    db.execute(
        """CREATE TABLE additive AS SELECT prescriber, month, term, value FROM contact_sums
        UNION ALL SELECT prescriber, month, term, value FROM sums_dispensings
        UNION ALL SELECT prescriber, month, term, value FROM sums_ddd
        UNION ALL SELECT prescriber, month, term, value FROM sums_treated
        UNION ALL SELECT prescriber, month, term, value FROM sums_lists"""
    )
    reported(db, window)
    period = "(SELECT prescriber, term, value FROM additive UNION ALL SELECT prescriber, term, value FROM sums_patients)"
    monthly = "(FROM additive UNION ALL SELECT prescriber, month, term, value FROM sums_month_patients)"
    db.execute(f"CREATE TABLE indicator_values AS {ratio_of(period, 'row')}")
    db.execute(f"COPY indicator_values TO '{out}/values.parquet' (FORMAT parquet)")
    write(db, ratio_of(monthly, "row, month"), f"{out}/months.parquet")
    write(db, population_ratios(), f"{out}/population.parquet")
    write(db, deciles(), f"{out}/deciles.parquet")


def write(db, query, path):
    db.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def reported(db, window):
    """The prescribers of the edition by dictionary id, with their scopes, and the indicators that concern them."""
    db.execute("CREATE TABLE ids (prescriber INTEGER, external_id VARCHAR)")
    other = "|".join(OTHER_WORK)
    db.execute("INSERT INTO ids VALUES " + ", ".join(str(row) for row in window.prescriber_ids()))
    db.execute(
        f"""CREATE TABLE reported AS SELECT file_row_number::INTEGER AS row, ids.prescriber, county, municipality, course_group, dual_role,
            list_months = 0 AND regexp_full_match(roles, '({other})( ({other}))*') AS other_work
        FROM read_parquet('{window.edition}/prescribers.parquet', file_row_number = true) JOIN ids USING (external_id)"""
    )
    db.execute(
        f"""CREATE TABLE concerned AS SELECT prescriber AS row, indicator FROM '{window.edition}/values.parquet'
        WHERE "window" = 0 AND unavailable IS NULL"""
    )


def ratio_of(sums, keys):
    """Numerators and denominators of those who have a report; a row where one of them is not zero."""
    return f"""SELECT {keys}, indicator, sum(CASE WHEN term = numerator THEN value ELSE 0 END)::BIGINT AS numerator,
            sum(CASE WHEN term = denominator THEN value ELSE 0 END)::BIGINT AS denominator
        FROM {sums} JOIN indicators ON term IN (numerator, denominator) JOIN reported USING (prescriber)
        WHERE population = 'prescriber' GROUP BY {keys}, indicator"""


def population_ratios():
    """The same for inhabitants, by municipality."""
    return """SELECT area, indicator, sum(CASE WHEN term = numerator THEN value ELSE 0 END)::BIGINT AS numerator,
            sum(CASE WHEN term = denominator THEN value ELSE 0 END)::BIGINT AS denominator
        FROM population JOIN indicators ON term IN (numerator, denominator)
        WHERE population = 'municipality' GROUP BY area, indicator"""


def deciles():
    """Deciles of every scope over its prescribers with a denominator that is compared: linear, inclusive."""
    quantiles = ", ".join(f"quantile_cont(ratio, {p}) AS p{round(p * 100)}" for p in DECILES)
    ratios = """SELECT indicator, (numerator / above) / (denominator / below) AS ratio, county, municipality, course_group
        FROM indicator_values JOIN concerned USING (row, indicator) JOIN reported USING (row)
        JOIN (SELECT indicator, above, below, least, any_work, lowered FROM indicators) USING (indicator)
        WHERE denominator >= least AND NOT (lowered AND dual_role = 1) AND NOT (any_work AND other_work)"""
    scopes = [(0, "'country'"), (1, "county"), (2, "municipality"), (3, "course_group")]
    parts = [
        f"SELECT {kind} AS kind, {code} AS code, indicator, count(*) AS prescribers, {quantiles} FROM ({ratios}) GROUP BY code, indicator"
        for kind, code in scopes
    ]
    return " UNION ALL ".join(parts)
