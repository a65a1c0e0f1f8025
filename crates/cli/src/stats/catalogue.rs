//! The one table of functions.

use super::column::{Column, Compute, GROUP};
use super::{by_group, by_row, charts};

/// A function of the calculator.
pub(crate) struct Function {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// What it answers.
    pub(super) what: &'static str,
    /// Columns it cannot do without. An empty field is a missing value.
    pub(super) data: &'static [Column],
    /// Columns that may be left out or empty, which stands for the value that `meaning` names.
    pub(super) parameters: &'static [Column],
    /// Columns that are appended.
    pub(super) results: &'static [Column],
    /// What a missing value does.
    pub(super) missing: &'static str,
    pub(super) formula: &'static str,
    pub(super) source: &'static str,
    pub(super) compute: Compute,
}

impl Function {
    /// The columns that must be in the header.
    pub(super) fn needed(&self) -> impl Iterator<Item = &'static str> {
        self.data.iter().map(|column| column.name)
    }

    /// All columns that are read, in the order of the table.
    pub(super) fn columns(&self) -> Vec<&'static str> {
        let group = self.is_grouped().then_some(GROUP);
        let own = self.data.iter().chain(self.parameters);
        group
            .into_iter()
            .chain(own.map(|column| column.name))
            .collect()
    }

    pub(super) fn is_grouped(&self) -> bool {
        matches!(self.compute, Compute::Group(_))
    }
}

const fn column(name: &'static str, meaning: &'static str) -> Column {
    Column { name, meaning }
}

const NUMERATOR: Column = column("numerator", "events, a whole number");
const DENOMINATOR: Column = column(
    "denominator",
    "trials, a whole number of at least the numerator",
);
const COUNT: Column = column("count", "events, a whole number");
const EXPOSURE: Column = column(
    "denominator",
    "what the rate is per, above 0: persons, person-years, days",
);
const CONFIDENCE: Column = column("confidence", "level of the interval; 0.95");
const LOWER: Column = column("lower", "lower end of the interval");
const UPPER: Column = column("upper", "upper end of the interval");
const VALUE: Column = column("value", "any number");
const TARGET: Column = column(
    "target",
    "the value that all are compared with; pooled over the group",
);
const TARGET_RATIO: Column = column("target", "the ratio that all are compared with; 1");
const ADJUSTMENT: Column = column("adjustment", "`none`, `multiplicative` or `additive`; none");
const WINSORISED: Column = column(
    "winsorised",
    "share of z-scores drawn in at each end, 0 to 0.5; 0.1",
);
const BASELINE: Column = column("baseline", "how many first rows make the centre line; all");

const SHARE: &[Column] = &[NUMERATOR, DENOMINATOR];
const RATE: &[Column] = &[COUNT, EXPOSURE];
const LEVEL: &[Column] = &[CONFIDENCE];
const ENDS: &[Column] = &[LOWER, UPPER];
const FUNNEL_PARAMETERS: &[Column] = &[TARGET, ADJUSTMENT, WINSORISED];
const FUNNEL: &[Column] = &[
    column("centre", "the target θ"),
    column("phi", "φ, the over-dispersion, at least 1"),
    column("tau_squared", "τ², the variance between units"),
    column("z", "standard deviations from the target by chance alone"),
    column("adjusted_z", "the same with over-dispersion, as adjusted"),
    column("lower_95", "95 % limit below"),
    column("upper_95", "95 % limit above"),
    column("lower_998", "99.8 % limit below"),
    column("upper_998", "99.8 % limit above"),
];
const USEFUL: Column = column("useful", "values that are not on the line");
const LONGEST_RUN: Column = column("longest_run", "longest run on one side");
const RUN_LIMIT: Column = column("longest_run_limit", "a longer run is a signal");
const CROSSINGS: Column = column("crossings", "how often the line is crossed");
const CROSSINGS_LIMIT: Column = column("crossings_limit", "fewer crossings are a signal");
const SIGNAL: Column = column("signal", "does any rule signal?");
const CHART: &[Column] = &[
    column("centre", "the centre line"),
    column("lower", "control limit below"),
    column("upper", "control limit above"),
    column("outside", "is this row outside of its limits?"),
    USEFUL,
    LONGEST_RUN,
    RUN_LIMIT,
    CROSSINGS,
    CROSSINGS_LIMIT,
    SIGNAL,
];
const MEAN: Column = column("mean", "the mean of the true values");
const SHRUNK: Column = column("shrunken", "the posterior mean");
const RELIABILITY: Column = column(
    "reliability",
    "share of the difference between units of this size that is real",
);

const ROW_EMPTY: &str = "the row's results are empty";
const GROUP_EMPTY: &str = "the group's results are empty: one stratum less is another rate";
const LEFT_OUT: &str = "the row is left out and its results are empty";
const NO_POINT: &str = "the row is no point, and breaks no run";

/// All functions, in the order of the table: intervals, standardisation, ranks, funnels, shrinkage, time, many tests.
pub(crate) const FUNCTIONS: &[Function] = &[
    Function {
        name: "wilson",
        what: "interval of a share",
        data: SHARE,
        parameters: LEVEL,
        results: ENDS,
        missing: ROW_EMPTY,
        formula: "(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), no continuity correction",
        source: "Wilson, J Am Stat Assoc 1927;22:209–12",
        compute: Compute::Row(by_row::wilson),
    },
    Function {
        name: "clopper-pearson",
        what: "exact interval of a share (covers at least its level)",
        data: SHARE,
        parameters: LEVEL,
        results: ENDS,
        missing: ROW_EMPTY,
        formula: "α/2 quantile of Beta(x, n−x+1) and 1−α/2 quantile of Beta(x+1, n−x); 0 at x = 0, 1 at x = n",
        source: "Clopper & Pearson, Biometrika 1934;26:404–13",
        compute: Compute::Row(by_row::clopper_pearson),
    },
    Function {
        name: "jeffreys",
        what: "Bayesian interval of a share",
        data: SHARE,
        parameters: LEVEL,
        results: ENDS,
        missing: ROW_EMPTY,
        formula: "α/2 and 1−α/2 quantiles of Beta(x+½, n−x+½); lower 0 at x = 0, upper 1 at x = n",
        source: "Brown, Cai & DasGupta, Stat Sci 2001;16:101–33",
        compute: Compute::Row(by_row::jeffreys),
    },
    Function {
        name: "byar",
        what: "interval of a rate, in closed form; of the count itself with denominator 1",
        data: RATE,
        parameters: LEVEL,
        results: ENDS,
        missing: ROW_EMPTY,
        formula: "O(1 − 1/9O − z/3√O)³ and (O+1)(1 − 1/9(O+1) + z/3√(O+1))³, per denominator; lower 0 at O = 0 and never below 0",
        source: "Breslow & Day, Statistical Methods in Cancer Research II, IARC 1987, 2.3",
        compute: Compute::Row(by_row::byar),
    },
    Function {
        name: "poisson-exact",
        what: "exact interval of a rate (covers at least its level); of the count itself with denominator 1",
        data: RATE,
        parameters: LEVEL,
        results: ENDS,
        missing: ROW_EMPTY,
        formula: "α/2 quantile of Gamma(O) and 1−α/2 quantile of Gamma(O+1), per denominator; lower 0 at O = 0",
        source: "Garwood, Biometrika 1936;28:437–42",
        compute: Compute::Row(by_row::poisson_exact),
    },
    Function {
        name: "newcombe",
        what: "difference of two independent shares, first minus second",
        data: &[
            column("numerator_1", "events of the first"),
            column("denominator_1", "trials of the first"),
            column("numerator_2", "events of the second"),
            column("denominator_2", "trials of the second"),
        ],
        parameters: LEVEL,
        results: &[column("difference", "first minus second"), LOWER, UPPER],
        missing: ROW_EMPTY,
        formula: "d − √((p₁−l₁)² + (u₂−p₂)²) and d + √((u₁−p₁)² + (p₂−l₂)²), l and u Wilson's without continuity correction",
        source: "Newcombe, Stat Med 1998;17:873–90, method 10",
        compute: Compute::Row(by_row::newcombe),
    },
    Function {
        name: "newcombe-paired",
        what: "difference of two shares of the same persons, first minus second",
        data: &[
            column("both", "persons with the event both times"),
            column("first_only", "persons with the event the first time only"),
            column("second_only", "persons with the event the second time only"),
            column("neither", "persons with the event neither time"),
        ],
        parameters: LEVEL,
        results: &[column("difference", "first minus second"), LOWER, UPPER],
        missing: ROW_EMPTY,
        formula: "as newcombe, less 2φ(p₁−l₁)(u₂−p₂) and 2φ(u₁−p₁)(p₂−l₂) under the roots; φ corrected by n/2 when positive",
        source: "Newcombe, Stat Med 1998;17:2635–50, method 10",
        compute: Compute::Row(by_row::paired),
    },
    Function {
        name: "dsr",
        what: "directly standardised rate; one row a stratum",
        data: &[
            COUNT,
            EXPOSURE,
            column("weight", "the stratum's size in the standard population"),
        ],
        parameters: LEVEL,
        results: &[column("rate", "the standardised rate"), LOWER, UPPER],
        missing: GROUP_EMPTY,
        formula: "T = Σwᵢ·Oᵢ/nᵢ ÷ Σwᵢ; v = Σwᵢ²·Oᵢ/nᵢ² ÷ (Σwᵢ)²; T + √(v/O)·(Byar's limits of O − O); at O = 0 the largest wᵢ/nᵢ ÷ Σwᵢ stands for √(v/O)",
        source: "Dobson, Kuulasmaa, Eberle & Scherer, Stat Med 1991;10:457–62",
        compute: Compute::Group(by_group::direct),
    },
    Function {
        name: "isr",
        what: "indirectly standardised ratio and rate; one row a stratum",
        data: &[
            COUNT,
            column("denominator", "own exposure, at least 0"),
            column("reference_count", "events of the reference population"),
            column(
                "reference_denominator",
                "exposure of the reference population, above 0",
            ),
        ],
        parameters: LEVEL,
        results: &[
            column("observed", "O, the sum of counts"),
            column("expected", "E, at the reference's rates"),
            column("ratio", "O/E"),
            column("ratio_lower", "lower end for the ratio"),
            column("ratio_upper", "upper end for the ratio"),
            column("rate", "O/E times the reference's crude rate"),
            column("rate_lower", "lower end for the rate"),
            column("rate_upper", "upper end for the rate"),
        ],
        missing: GROUP_EMPTY,
        formula: "E = Σ nᵢ·Rᵢ/Nᵢ; Byar's limits of O, divided by E; times ΣR/ΣN for the rate",
        source: "Breslow & Day, Statistical Methods in Cancer Research II, IARC 1987, 2.3",
        compute: Compute::Group(by_group::indirect),
    },
    Function {
        name: "percentile-rank",
        what: "where each value lies among its group's, 0 to 100",
        data: &[VALUE],
        parameters: &[],
        results: &[column(
            "percentile_rank",
            "percent of the values below, plus half of those equal",
        )],
        missing: LEFT_OUT,
        formula: "100·(values below + ½ values equal, itself among them) ÷ values; ties share a rank",
        source: "mid-rank: Parzen, Statistical Science 2004;19:652–62",
        compute: Compute::Group(by_group::percentile_rank),
    },
    Function {
        name: "deciles",
        what: "the nine deciles of the group",
        data: &[VALUE],
        parameters: &[],
        results: &[
            column("decile_1", "10 % quantile"),
            column("decile_2", "20 % quantile"),
            column("decile_3", "30 % quantile"),
            column("decile_4", "40 % quantile"),
            column("decile_5", "the median"),
            column("decile_6", "60 % quantile"),
            column("decile_7", "70 % quantile"),
            column("decile_8", "80 % quantile"),
            column("decile_9", "90 % quantile"),
        ],
        missing: "the value is left out; the group's deciles stand on its row too",
        formula: "type 7: h = (n−1)·q, linear between the sorted values around x₍ₕ₎ (counted from 0)",
        source: "Hyndman & Fan, Am Stat 1996;50:361–5",
        compute: Compute::Group(by_group::deciles),
    },
    Function {
        name: "funnel-proportion",
        what: "funnel limits of shares",
        data: SHARE,
        parameters: FUNNEL_PARAMETERS,
        results: FUNNEL,
        missing: LEFT_OUT,
        formula: "s = √(θ(1−θ)/n), z = (y−θ)/s winsorised for φ = Σz²/I ≥ 1 and τ² = (Iφ−(I−1))/(Σw−Σw²/Σw) ≥ 0, w = 1/s²; limits binomial, interpolated; multiplicative θ ± z√φ·s; additive θ ± z√(s²+τ²); within 0 to 1",
        source: "Spiegelhalter, Stat Med 2005;24:1185–202; Qual Saf Health Care 2005;14:347–51",
        compute: Compute::Group(by_group::funnel_proportion),
    },
    Function {
        name: "funnel-rate",
        what: "funnel limits of rates",
        data: RATE,
        parameters: FUNNEL_PARAMETERS,
        results: FUNNEL,
        missing: LEFT_OUT,
        formula: "as funnel-proportion with s = √(θ/denominator) and Poisson limits, not below 0",
        source: "Spiegelhalter, Stat Med 2005;24:1185–202; Qual Saf Health Care 2005;14:347–51",
        compute: Compute::Group(by_group::funnel_rate),
    },
    Function {
        name: "funnel-ratio",
        what: "funnel limits of standardised ratios",
        data: &[
            column("observed", "events, a whole number"),
            column("expected", "the number to be expected, above 0"),
        ],
        parameters: &[TARGET_RATIO, ADJUSTMENT, WINSORISED],
        results: FUNNEL,
        missing: LEFT_OUT,
        formula: "as funnel-rate, per expected number",
        source: "Spiegelhalter, Stat Med 2005;24:1185–202; Qual Saf Health Care 2005;14:347–51",
        compute: Compute::Group(by_group::funnel_ratio),
    },
    Function {
        name: "shrink-beta-binomial",
        what: "shares drawn towards the mean of the group",
        data: SHARE,
        parameters: LEVEL,
        results: &[
            column(
                "prior_alpha",
                "α; empty when units differ no more than chance gives",
            ),
            column("prior_beta", "β; empty likewise"),
            MEAN,
            SHRUNK,
            RELIABILITY,
            LOWER,
            UPPER,
        ],
        missing: LEFT_OUT,
        formula: "moments: γ = (S − p̂q̂(I−1)) / (p̂q̂(N − Σn²/N − (I−1))), S = Σn(p−p̂)², α+β = 1/γ−1, α = p̂(α+β); value (x+α)/(n+α+β), reliability n/(n+α+β), quantiles of Beta(x+α, n−x+β); γ ≤ 0: all have the mean, reliability 0",
        source: "Kleinman, J Am Stat Assoc 1973;68:46–54",
        compute: Compute::Group(by_group::shrink_shares),
    },
    Function {
        name: "shrink-gamma-poisson",
        what: "rates drawn towards the mean of the group",
        data: RATE,
        parameters: LEVEL,
        results: &[
            column(
                "prior_shape",
                "shape; empty when units differ no more than chance gives",
            ),
            column(
                "prior_denominator",
                "the exposure that the mean counts for; empty likewise",
            ),
            MEAN,
            SHRUNK,
            RELIABILITY,
            LOWER,
            UPPER,
        ],
        missing: LEFT_OUT,
        formula: "moments: τ² = (S − m(I−1)) / (E − ΣEᵢ²/E), S = ΣEᵢ(rᵢ−m)², shape = m²/τ², denominator = m/τ²; value (x+shape)/(E+denominator), reliability E/(E+denominator), quantiles of Gamma; τ² ≤ 0: all have the mean, reliability 0",
        source: "Marshall, J R Stat Soc C 1991;40:283–94, with the unbiased divisor of Bühlmann & Straub, Mitt Ver Schweiz Vers-Math 1970;70:111–33",
        compute: Compute::Group(by_group::shrink_rates),
    },
    Function {
        name: "run-chart",
        what: "has a series changed? Anhøj rules around the median; rows in order of time",
        data: &[VALUE],
        parameters: &[BASELINE],
        results: &[
            column("median", "the middle line"),
            USEFUL,
            LONGEST_RUN,
            RUN_LIMIT,
            CROSSINGS,
            CROSSINGS_LIMIT,
            SIGNAL,
        ],
        missing: NO_POINT,
        formula: "n values off the median; signal: longest run > round(log₂ n + 3) or crossings < 5 % quantile of Binomial(n−1, ½)",
        source: "Anhøj & Olesen, PLoS One 2014;9:e113825",
        compute: Compute::Group(charts::runs),
    },
    Function {
        name: "p-chart",
        what: "shares over time; rows in order of time",
        data: SHARE,
        parameters: &[BASELINE],
        results: CHART,
        missing: "the row is no point, and breaks no run; so is a row of no trial",
        formula: "p̄ = Σx/Σn; p̄ ± 3√(p̄(1−p̄)/n) within 0 to 1; run rules of run-chart around p̄; signal: a point outside or a run rule",
        source: "Montgomery, Introduction to Statistical Quality Control, 7.2; Anhøj & Olesen 2014",
        compute: Compute::Group(charts::shares),
    },
    Function {
        name: "u-chart",
        what: "rates over time; rows in order of time",
        data: RATE,
        parameters: &[BASELINE],
        results: CHART,
        missing: NO_POINT,
        formula: "ū = Σx/ΣE; ū ± 3√(ū/E), not below 0; run rules of run-chart around ū; signal: a point outside or a run rule",
        source: "Montgomery, Introduction to Statistical Quality Control, 7.3; Anhøj & Olesen 2014",
        compute: Compute::Group(charts::rates),
    },
    Function {
        name: "cusum",
        what: "evidence that the odds have become R times the expected; rows in order of time",
        data: &[
            NUMERATOR,
            DENOMINATOR,
            column(
                "expected",
                "expected probability of an event in this row, between 0 and 1",
            ),
        ],
        parameters: &[
            column("odds_ratio", "R, above 0 and not 1; 2"),
            column("limit", "h, above 0; without it no signal is told"),
        ],
        results: &[
            column("cusum", "the sum after this row"),
            column("signal", "has the sum reached the limit in this row?"),
        ],
        missing: "the row adds nothing and its results are empty",
        formula: "risk-adjusted Bernoulli log-likelihood ratio: S₀ = 0, Sₜ = max(0, Sₜ₋₁ + x·ln R − n·ln(1−p+R·p)), not reset after a signal (S ≥ h)",
        source: "Steiner, Cook, Farewell & Treasure, Biostatistics 2000;1:441–52",
        compute: Compute::Group(charts::evidence),
    },
    Function {
        name: "regression-to-mean",
        what: "what an unchanged unit would show next, after an extreme value",
        data: &[
            column("before", "the value before"),
            column("error_before", "its standard error"),
            column("error_after", "standard error of the value after, above 0"),
            column("mean", "mean of the true values of all"),
            column("variance", "their variance τ², chance taken out"),
        ],
        parameters: &[
            column("after", "the value after; without it no z is told"),
            CONFIDENCE,
        ],
        results: &[
            column("predicted", "the value to be expected without a change"),
            column("standard_deviation", "of the value after, around it"),
            LOWER,
            UPPER,
            column(
                "z",
                "standard deviations that the value after lies above it",
            ),
        ],
        missing: ROW_EMPTY,
        formula: "μ + B(y₁−μ) with variance B·s₁² + s₂², B = τ²/(τ²+s₁²)",
        source: "Jones & Spiegelhalter, Stat Med 2009;28:1645–67",
        compute: Compute::Row(by_row::regression_to_mean),
    },
    Function {
        name: "fdr",
        what: "p-values adjusted for many tests; a group is a family of tests",
        data: &[column("p_value", "0 to 1")],
        parameters: &[],
        results: &[
            column(
                "q_value",
                "Benjamini–Hochberg: independent or positively dependent tests",
            ),
            column("q_value_dependent", "Benjamini–Yekutieli: any dependence"),
        ],
        missing: "the row is no test, does not count among them, and its results are empty",
        formula: "q₍ᵢ₎ = min over j ≥ i of min(1, m·p₍ⱼ₎/j); dependent: times Σ1/k",
        source: "Benjamini & Hochberg, J R Stat Soc B 1995;57:289–300; Benjamini & Yekutieli, Ann Stat 2001;29:1165–88",
        compute: Compute::Group(by_group::false_discovery),
    },
];
