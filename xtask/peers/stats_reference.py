"""Every function again, by other people's code where there is any: SciPy, statsmodels, NumPy; mpmath with 40 digits where
doubles cancel; plain loops for what no package has. Nothing here is ours but the column names."""

import math
from functools import cache

import mpmath
import numpy
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson

from stats_cases import Cases

mpmath.mp.dps = 40
mp = mpmath.mpf


def tail(level):
    return (1.0 - level) / 2.0


@cache
def z_of(level):
    return mpmath.sqrt(2) * mpmath.erfinv(mp(level))


def rows_of(sheet):
    header, rows = sheet
    return [dict(zip(header, row)) for row in rows]


def by_row(answer):
    return lambda sheet: [answer(row) for row in rows_of(sheet)]


def by_group(answer):
    """`answer` gets a group's rows in order and gives one dictionary a row."""
    def all_groups(sheet):
        rows = rows_of(sheet)
        groups = {}
        for index, row in enumerate(rows):
            groups.setdefault(row["group"], []).append(index)
        results = [None] * len(rows)
        for members in groups.values():
            for index, result in zip(members, answer([rows[i] for i in members]), strict=True):
                results[index] = result
        return results
    return all_groups


def ends(lower, upper):
    return {"lower": float(lower), "upper": float(upper)}


# Shares.

def wilson_ends(x, n, level):
    z, p, n = z_of(level), mp(x) / n, mp(n)
    middle, reach = p + z * z / (2 * n), z * mpmath.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    below = mp(0) if x == 0 else (middle - reach) / (1 + z * z / n)
    return below, mp(1) if x == n else (middle + reach) / (1 + z * z / n)


def wilson(row):
    return ends(*wilson_ends(row["numerator"], row["denominator"], row["confidence"]))


def clopper_pearson(row):
    x, n, t = row["numerator"], row["denominator"], tail(row["confidence"])
    return ends(0.0 if x == 0 else stats.beta.ppf(t, x, n - x + 1), 1.0 if x == n else stats.beta.isf(t, x + 1, n - x))


def jeffreys(row):
    x, n, t = row["numerator"], row["denominator"], tail(row["confidence"])
    return ends(0.0 if x == 0 else stats.beta.ppf(t, x + 0.5, n - x + 0.5), 1.0 if x == n else stats.beta.isf(t, x + 0.5, n - x + 0.5))


def statsmodels_share(method):
    def answer(row):
        x, n, level = row["numerator"], row["denominator"], row["confidence"]
        if method == "jeffreys" and x in (0, n):
            return None  # statsmodels does not set the end to 0 or 1
        return ends(*proportion_confint(x, n, alpha=1 - level, method=method))
    return by_row(answer)


# Counts.

def byar_ends(count, level):
    z, o = z_of(level), mp(count)
    cube = lambda o, z: o * max(mp(0), 1 - 1 / (9 * o) + z / (3 * mpmath.sqrt(o))) ** 3
    return (mp(0) if count == 0 else cube(o, -z)), cube(o + 1, z)


def byar(row):
    return ends(*(end / mp(row["denominator"]) for end in byar_ends(row["count"], row["confidence"])))


def is_beyond_scipy(row):
    """SciPy's gamma.ppf (1.17) loses digits this far out: it gives 9980700.4 where the lower tail of 1e7 is 5e-10."""
    return row["count"] > 1000 and tail(row["confidence"]) < 1e-6


def polished(count, start, probability):
    """Newton's method on P(count, x), by its series in 40 digits."""
    a, x = mp(count), mp(start)
    for _ in range(20):
        term = total = 1 / a
        k = a
        while term > total * mp(10) ** -25:
            k += 1
            term *= x / k
            total += term
        density = mpmath.exp(-x + a * mpmath.log(x) - mpmath.loggamma(a))
        step = (density * total - probability) / (density / x)
        x -= step
        if abs(step) < x * mp(10) ** -15:
            break
    return x


def poisson_exact(row):
    o, t, e = row["count"], tail(row["confidence"]), row["denominator"]
    lower = 0.0 if o == 0 else stats.gamma.ppf(t, o)
    if is_beyond_scipy(row):
        lower = polished(o, lower, mp(t))
    return ends(lower / e, stats.gamma.isf(t, o + 1) / e)


def statsmodels_count(row):
    if is_beyond_scipy(row):
        return None
    lower, upper = confint_poisson(row["count"], row["denominator"], alpha=1 - row["confidence"], method="exact-c")
    return {"upper": float(upper)} if row["count"] == 0 else ends(lower, upper)


# Differences.

def hybrid(p, q, one, two, phi):
    reach = lambda a, b: mpmath.sqrt(max(mp(0), a * a - 2 * phi * a * b + b * b))
    d = p - q
    lower = d - reach(p - one[0], two[1] - q)
    return {"difference": float(d), **ends(lower, d + reach(one[1] - p, q - two[0]))}


def newcombe(row):
    x, n, y, m, level = (row[k] for k in ("numerator_1", "denominator_1", "numerator_2", "denominator_2", "confidence"))
    return hybrid(mp(x) / n, mp(y) / m, wilson_ends(x, n, level), wilson_ends(y, m, level), 0)


def statsmodels_newcombe(row):
    x, n, y, m, level = (row[k] for k in ("numerator_1", "denominator_1", "numerator_2", "denominator_2", "confidence"))
    return ends(*confint_proportions_2indep(x, n, y, m, method="newcomb", compare="diff", alpha=1 - level))


def newcombe_paired(row):
    a, b, c, d, level = (row[k] for k in ("both", "first_only", "second_only", "neither", "confidence"))
    n = a + b + c + d
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    agreement = mp(a * d - b * c)
    if agreement > 0:
        agreement = max(agreement - mp(n) / 2, mp(0))
    phi = agreement / mpmath.sqrt(margins) if margins else mp(0)
    return hybrid(mp(a + b) / n, mp(a + c) / n, wilson_ends(a + b, n, level), wilson_ends(a + c, n, level), phi)


# Standardisation.

def dsr(rows):
    level = rows[0]["confidence"]
    if any(row["count"] is None for row in rows):
        return [{"rate": None, "lower": None, "upper": None}] * len(rows)
    total = sum(mp(row["weight"]) for row in rows)
    share = [mp(row["weight"]) / total / mp(row["denominator"]) for row in rows]
    events = sum(row["count"] for row in rows)
    rate = sum(s * row["count"] for s, row in zip(share, rows))
    variance = sum(s * s * row["count"] for s, row in zip(share, rows))
    step = mpmath.sqrt(variance / events) if events else max(share)
    low, high = byar_ends(events, level)
    lower = max(mp(0), rate + step * (low - events))
    return [{"rate": float(rate), **ends(lower, rate + step * (high - events))}] * len(rows)


def isr(rows):
    level = rows[0]["confidence"]
    observed = sum(row["count"] for row in rows)
    expected = sum(mp(row["denominator"]) * row["reference_count"] / mp(row["reference_denominator"]) for row in rows)
    overall = sum(mp(row["reference_count"]) for row in rows) / sum(mp(row["reference_denominator"]) for row in rows)
    low, high = byar_ends(observed, level)
    result = {"observed": observed, "expected": float(expected)}
    for name, factor in (("ratio", 1 / expected), ("rate", overall / expected)):
        result |= {name: float(observed * factor), f"{name}_lower": float(low * factor), f"{name}_upper": float(high * factor)}
    return [result] * len(rows)


# Ranks.

def percentile_rank(rows):
    known = [row["value"] for row in rows if row["value"] is not None]
    rank = lambda value: None if value is None else float(stats.percentileofscore(known, value, kind="mean"))
    return [{"percentile_rank": rank(row["value"])} for row in rows]


def deciles(rows):
    known = [row["value"] for row in rows if row["value"] is not None]
    cut = lambda k: float(numpy.quantile(known, k / 10, method="linear")) if known else None
    return [{f"decile_{k}": cut(k) for k in range(1, 10)}] * len(rows)


# Funnels.

def interpolated(p, distribution):
    r = distribution.ppf(p)
    at, under = distribution.cdf(r), distribution.cdf(r - 1)
    return max(0.0, r - (at - p) / (at - under))


def funnel(numerator, denominator, error, exact, default, most):
    def answer(rows):
        adjustment, target = rows[0]["adjustment"], rows[0]["target"]
        if target is None:
            target = default
        if target is None:
            target = sum(row[numerator] for row in rows) / sum(row[denominator] for row in rows)
        share = 0.1 if rows[0]["winsorised"] is None or adjustment in ("", "none") else rows[0]["winsorised"]
        value = numpy.array([row[numerator] / row[denominator] for row in rows])
        s = numpy.array([error(target, row[denominator]) for row in rows])
        z = (value - target) / s
        drawn = numpy.clip(z, numpy.quantile(z, share), numpy.quantile(z, 1 - share))
        squares, size, w = float((drawn ** 2).sum()), len(rows), s ** -2.0
        tau = (squares - (size - 1)) / (w.sum() - (w ** 2).sum() / w.sum()) if size > 1 else 0.0
        phi, tau = max(1.0, squares / size), max(0.0, float(tau))
        reach = {"multiplicative": s * phi ** 0.5, "additive": numpy.sqrt(s ** 2 + tau)}.get(adjustment, s)
        results = []
        for i, row in enumerate(rows):
            result = {"centre": target, "phi": phi, "tau_squared": tau, "z": float(z[i]), "adjusted_z": float((value[i] - target) / reach[i])}
            for name, level in (("95", 0.95), ("998", 0.998)):
                if adjustment in ("", "none"):
                    unit = exact(target, row[denominator])
                    scale = row[denominator]
                    lower, upper = (interpolated(p, unit) / scale for p in (tail(level), 1 - tail(level)))
                else:
                    away = stats.norm.isf(tail(level)) * reach[i]
                    lower, upper = max(0.0, target - away), min(most, target + away)
                result |= {f"lower_{name}": float(lower), f"upper_{name}": float(upper)}
            results.append(result)
        return results
    return by_group(answer)


def poisson(target, exposure):
    return stats.poisson(target * exposure)


def rate_error(target, exposure):
    return (target / exposure) ** 0.5


# Shrinkage.

def beta_prior(rows):
    """α and β, `None` when alike, "out" when there is no answer."""
    x, n = [mp(row["numerator"]) for row in rows], [mp(row["denominator"]) for row in rows]
    p, total, free = sum(x) / sum(n), sum(n), len(rows) - 1
    scale = total - sum(m * m for m in n) / total - free
    if p in (0, 1) or free < 1 or scale <= 0:
        return "out"
    seen = sum(m * (k / m - p) ** 2 for k, m in zip(x, n))
    gamma = (seen - p * (1 - p) * free) / (p * (1 - p) * scale)
    if gamma >= 1:
        return "out"
    return (p * (1 / gamma - 1), (1 - p) * (1 / gamma - 1)) if gamma > 0 else None


def shrink_shares(rows):
    prior, t = beta_prior(rows), tail(rows[0]["confidence"])
    mean = sum(row["numerator"] for row in rows) / sum(row["denominator"] for row in rows)
    results = []
    for row in rows:
        x, n = row["numerator"], row["denominator"]
        if prior is None:
            results.append({"prior_alpha": None, "mean": mean, "shrunken": mean, "reliability": 0.0, **ends(mean, mean)})
            continue
        a, b = float(prior[0]) + x, float(prior[1]) + n - x
        own = stats.beta(a, b)
        results.append({"prior_alpha": float(prior[0]), "prior_beta": float(prior[1]), "mean": mean, "shrunken": a / (a + b),
                        "reliability": n / (a + b), **ends(own.ppf(t), own.isf(t))})
    return results


def shrink_rates(rows):
    x, e, t = [mp(row["count"]) for row in rows], [mp(row["denominator"]) for row in rows], tail(rows[0]["confidence"])
    mean, total = sum(x) / sum(e), sum(e)
    seen = sum(m * (k / m - mean) ** 2 for k, m in zip(x, e))
    between = (seen - mean * (len(rows) - 1)) / (total - sum(m * m for m in e) / total)
    if between <= 0:
        same = float(mean)
        return [{"prior_shape": None, "mean": same, "shrunken": same, "reliability": 0.0, **ends(same, same)}] * len(rows)
    shape, size = float(mean * mean / between), float(mean / between)
    results = []
    for row in rows:
        own = stats.gamma(shape + row["count"], scale=1 / (size + row["denominator"]))
        results.append({"prior_shape": shape, "prior_denominator": size, "mean": float(mean), "shrunken": float(own.mean()),
                        "reliability": row["denominator"] / (size + row["denominator"]), **ends(own.ppf(t), own.isf(t))})
    return results


# Time.

def rules(values, line):
    sides = [value > line for value in values if value is not None and value != line]
    longest = run = 0
    for i, side in enumerate(sides):
        run = run + 1 if i and side == sides[i - 1] else 1
        longest = max(longest, run)
    n, crossings = len(sides), sum(a != b for a, b in zip(sides, sides[1:]))
    most = round(math.log2(n) + 3) if n else 0
    fewest = int(stats.binom.ppf(0.05, n - 1, 0.5)) if n > 1 else 0
    found = {"useful": n, "longest_run": longest, "longest_run_limit": most, "crossings": crossings, "crossings_limit": fewest}
    return found, longest > most or crossings < fewest


def run_chart(rows):
    values = [row["value"] for row in rows]
    known = [value for value in values[:rows[0]["baseline"] or len(values)] if value is not None]
    if not known:
        return [{"median": None, "signal": None}] * len(rows)
    median = float(numpy.median(known))
    found, signal = rules(values, median)
    return [{"median": median, **found, "signal": str(signal).lower()}] * len(rows)


def chart(numerator, denominator, variance, most):
    def answer(rows):
        months = [None if row[numerator] is None or not row[denominator] else (row[numerator], row[denominator]) for row in rows]
        first = [month for month in months[:rows[0]["baseline"] or len(months)] if month]
        centre = sum(x for x, _ in first) / sum(n for _, n in first)
        values = [month and month[0] / month[1] for month in months]
        found, signal = rules(values, centre)
        results = []
        for month, value in zip(months, values):
            result = {"centre": centre, "lower": None, "upper": None, "outside": None, **found}
            if month:
                reach = 3 * (variance(centre) / month[1]) ** 0.5
                lower, upper = max(0.0, centre - reach), min(most, centre + reach)
                result |= {**ends(lower, upper), "outside": str(not lower <= value <= upper).lower()}
                signal = signal or not lower <= value <= upper
            results.append(result)
        return [result | {"signal": str(signal).lower()} for result in results]
    return by_group(answer)


def cusum(rows):
    odds = 2.0 if rows[0]["odds_ratio"] is None else rows[0]["odds_ratio"]
    total, results = mp(0), []
    for row in rows:
        x, n, p = row["numerator"], row["denominator"], mp(row["expected"])
        weight = x * (mpmath.log(odds) - mpmath.log(1 - p + odds * p)) + (n - x) * -mpmath.log(1 - p + odds * p)
        total = max(mp(0), total + weight)
        limit = row["limit"]
        results.append({"cusum": float(total), "signal": None if limit is None else str(bool(total >= limit)).lower()})
    return results


def regression_to_mean(row):
    one, two, between = mp(row["error_before"]) ** 2, mp(row["error_after"]) ** 2, mp(row["variance"])
    # As a posterior of precisions, not by the shrinkage factor.
    v = 1 / (1 / one + 1 / between)
    expected = v * (mp(row["before"]) / one + mp(row["mean"]) / between)
    deviation = mpmath.sqrt(v + two)
    reach = z_of(row["confidence"]) * deviation
    return {"predicted": float(expected), "standard_deviation": float(deviation), **ends(expected - reach, expected + reach),
            "z": float((mp(row["after"]) - expected) / deviation)}


# Many tests.

def fdr(rows):
    known = [i for i, row in enumerate(rows) if row["p_value"] is not None]
    results = [{"q_value": None, "q_value_dependent": None} for _ in rows]
    if known:
        p = [rows[i]["p_value"] for i in known]
        for column, method in (("q_value", "fdr_bh"), ("q_value_dependent", "fdr_by")):
            for i, q in zip(known, multipletests(p, method=method)[1]):
                results[i][column] = float(q)
    return results


def shrinkable(cases):
    """Without the groups that have no answer."""
    header, rows = cases.shrink_shares()
    groups = {}
    for row in rows:
        groups.setdefault(row[0], []).append(dict(zip(header, row)))
    return header, [row for row in rows if beta_prior(groups[row[0]]) != "out"]


def mixed(cases):
    """Without the groups that are all 0 % or all 100 %: they have no limits unless a target is given."""
    header, rows = cases.funnel_shares()
    events, trials = {}, {}
    for row in rows:
        events[row[0]] = events.get(row[0], 0) + row[1]
        trials[row[0]] = trials.get(row[0], 0) + row[2]
    return header, [row for row in rows if 0 < events[row[0]] < trials[row[0]]]


# Function -> how its sheet is made, and what it is compared with: implementation (a row that it cannot answer is None), name,
# smallest absolute difference that counts (0: relative only).
FUNCTIONS = {
    "wilson": (Cases.shares, [(by_row(wilson), "mpmath", 0), (statsmodels_share("wilson"), "statsmodels", 1e-12)]),
    "clopper-pearson": (Cases.shares, [(by_row(clopper_pearson), "SciPy", 0), (statsmodels_share("beta"), "statsmodels", 1e-12)]),
    "jeffreys": (Cases.shares, [(by_row(jeffreys), "SciPy", 0), (statsmodels_share("jeffreys"), "statsmodels", 1e-12)]),
    "byar": (Cases.rates, [(by_row(byar), "mpmath", 0)]),
    "poisson-exact": (Cases.rates, [(by_row(poisson_exact), "SciPy, mpmath", 0), (by_row(statsmodels_count), "statsmodels", 0)]),
    "newcombe": (Cases.two_shares, [(by_row(newcombe), "mpmath", 1e-12), (by_row(statsmodels_newcombe), "statsmodels", 1e-9)]),
    "newcombe-paired": (Cases.pairs, [(by_row(newcombe_paired), "mpmath", 1e-12)]),
    "dsr": (Cases.strata, [(by_group(dsr), "mpmath", 1e-12)]),
    "isr": (Cases.references, [(by_group(isr), "mpmath", 0)]),
    "percentile-rank": (Cases.values, [(by_group(percentile_rank), "SciPy", 0)]),
    "deciles": (Cases.values, [(by_group(deciles), "NumPy", 1e-15)]),
    "funnel-proportion": (mixed, [(funnel("numerator", "denominator", lambda t, n: (t * (1 - t) / n) ** 0.5,
                                          lambda t, n: stats.binom(n, t), None, 1.0), "SciPy, NumPy", 1e-12)]),
    "funnel-rate": (lambda cases: cases.funnel_rates(False), [(funnel("count", "denominator", rate_error, poisson, None, math.inf), "SciPy, NumPy", 1e-12)]),
    "funnel-ratio": (lambda cases: cases.funnel_rates(True), [(funnel("observed", "expected", rate_error, poisson, 1.0, math.inf), "SciPy, NumPy", 1e-12)]),
    "shrink-beta-binomial": (shrinkable, [(by_group(shrink_shares), "mpmath, SciPy", 0)]),
    "shrink-gamma-poisson": (Cases.shrink_rates, [(by_group(shrink_rates), "mpmath, SciPy", 0)]),
    "run-chart": (Cases.months, [(by_group(run_chart), "NumPy, SciPy", 0)]),
    "p-chart": (Cases.chart_shares, [(chart("numerator", "denominator", lambda c: c * (1 - c), 1.0), "loops, SciPy", 1e-12)]),
    "u-chart": (Cases.chart_rates, [(chart("count", "denominator", lambda c: c, math.inf), "loops, SciPy", 1e-12)]),
    "cusum": (Cases.outcomes, [(by_group(cusum), "mpmath", 1e-12)]),
    "regression-to-mean": (Cases.predictions, [(by_row(regression_to_mean), "mpmath", 1e-12)]),
    "fdr": (Cases.p_values, [(by_group(fdr), "statsmodels", 0)]),
}
