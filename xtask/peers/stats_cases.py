"""Sheets to compare on: corners first (n = 1, 0 %, 100 %, n = 10⁷, far tails), then random ones of a fixed seed."""

import random

CORNER_TRIALS = [1, 2, 3, 5, 10, 29, 30, 100, 999, 12_345, 10**6, 10**7]
LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.998, 0.9999, 1 - 1e-9]


class Cases:
    def __init__(self, full):
        self.random = random.Random(20240611)
        self.times = 10 if full else 1

    def size(self, most):
        """A whole number up to `most`, small ones as likely as large."""
        return int(most ** self.random.random())

    def shares(self):
        rows = []
        for n in CORNER_TRIALS:
            for x in sorted({0, 1, 2, n // 100, n // 10, n // 4, n // 2, n - 2, n - 1, n} & set(range(n + 1))):
                rows += [(x, n, level) for level in LEVELS]
        for _ in range(1000 * self.times):
            n = self.size(10**7)
            rows.append((self.random.randint(0, n), n, self.random.choice(LEVELS)))
            rows.append((min(n, self.size(n)), n, self.random.choice(LEVELS)))
        return ["numerator", "denominator", "confidence"], rows

    def rates(self):
        rows = []
        for count in [0, 1, 2, 3, 5, 10, 50, 99, 100, 1000, 10**5, 10**7]:
            for exposure in [1.0, 0.001, 17.25, 1e7]:
                rows += [(count, exposure, level) for level in LEVELS]
        for _ in range(1000 * self.times):
            rows.append((self.size(10**7) - 1, 10 ** self.random.uniform(-3, 7), self.random.choice(LEVELS)))
        return ["count", "denominator", "confidence"], rows

    def two_shares(self):
        rows = [(x, n, y, m, level) for x, n in [(0, 1), (1, 1), (0, 10), (10, 10), (56, 70), (0, 10**7), (10**7, 10**7)]
                for y, m in [(0, 1), (1, 1), (0, 20), (20, 20), (48, 80), (3, 10**7)] for level in [0.9, 0.95, 0.998]]
        for _ in range(1000 * self.times):
            n, m = self.size(10**7), self.size(10**7)
            rows.append((self.random.randint(0, n), n, self.random.randint(0, m), m, self.random.choice(LEVELS)))
        return ["numerator_1", "denominator_1", "numerator_2", "denominator_2", "confidence"], rows

    def pairs(self):
        rows = [(0, 0, 0, 20, 0.95), (20, 0, 0, 0, 0.95), (0, 10, 0, 0, 0.95), (36, 12, 2, 0, 0.95), (1, 0, 0, 0, 0.9)]
        for _ in range(1000 * self.times):
            rows.append(tuple(self.size(10**5) - 1 for _ in range(4)) + (self.random.choice(LEVELS),))
        rows = [row for row in rows if sum(row[:4]) > 0]
        return ["both", "first_only", "second_only", "neither", "confidence"], rows

    def groups(self, count, row, sizes=(1, 40)):
        """`count` groups of random size; `row(group)` makes each row."""
        rows = []
        for group in range(count * self.times):
            for _ in range(self.random.randint(*sizes)):
                rows.append((f"g{group}",) + row(group))
        self.random.shuffle(rows)
        return rows

    def strata(self):
        scale = {}

        def row(group):
            most = scale.setdefault(group, self.random.choice([3, 100, 10**5]))
            exposure = 10 ** self.random.uniform(0, 6)
            return (self.size(most) - 1, exposure, self.random.uniform(0, 1000.0), [0.9, 0.95, 0.998][group % 3])
        rows = self.groups(150, row, (1, 20))
        rows += [("none", 0, 10.0, 1.0, 0.95), ("none", 0, 1000.0, 3.0, 0.95)]
        rows += [("gap", 5, 10.0, 1.0, 0.95), ("gap", None, 1000.0, 3.0, 0.95)]
        return ["group", "count", "denominator", "weight", "confidence"], rows

    def references(self):
        def row(group):
            return (self.size(10**4) - 1, 10 ** self.random.uniform(0, 5), self.size(10**6), 10 ** self.random.uniform(2, 7), [0.9, 0.95][group % 2])
        rows = self.groups(150, row, (1, 20))
        return ["group", "count", "denominator", "reference_count", "reference_denominator", "confidence"], rows

    def values(self):
        def row(group):
            kind = group % 4
            if kind == 0:
                return (self.random.gauss(0, 1),)
            if kind == 1:
                return (self.random.randint(0, 5),)
            if kind == 2:
                return (self.random.choice([None, 0, 0.1, 0.1, 10**7, -3.5]),)
            return (self.random.uniform(0, 1e-9),)
        return ["group", "value"], self.groups(150, row)

    def months(self):
        def row(group):
            kind = group % 3
            value = [self.random.gauss(10, 2), self.random.randint(0, 4), self.random.choice([None, 1, 2])][kind]
            return (value, [None, 6, None][group % 3] if kind != 2 else None)
        return ["group", "value", "baseline"], self.groups(200, row, (1, 80))

    def funnel(self, rows):
        adjustments = ["", "none", "multiplicative", "additive"]

        def row(group):
            return rows(group) + (adjustments[group % 4], [None, 0.05, 0.0, 0.2][group // 4 % 4])
        return self.groups(120, row, (2, 60))

    def funnel_shares(self):
        spread = {}

        def row(group):
            most, p, wide = spread.setdefault(group, (self.random.choice([20, 500, 10**7]), self.random.uniform(0.02, 0.9), self.random.choice([0, 0.1])))
            n = self.size(most)
            own = min(1.0, max(0.0, self.random.gauss(p, wide)))
            return (min(n, round(n * own + self.random.gauss(0, (n * p * (1 - p)) ** 0.5)) if n * own > 1 else 1), n)

        def safe(group):
            x, n = row(group)
            return (max(0, x), n, [None, 0.25, None][group % 3])
        rows = self.funnel(safe)
        rows += [("all", n // 2, n, 0.5, "none", None) for n in CORNER_TRIALS]
        return ["group", "numerator", "denominator", "target", "adjustment", "winsorised"], rows

    def funnel_rates(self, ratio):
        spread = {}

        def row(group):
            most, rate, wide = spread.setdefault(group, (self.random.choice([20, 500, 10**6]), 1.0 if ratio else self.random.uniform(0.01, 9), self.random.choice([0, 0.3])))
            exposure = most ** self.random.random()
            mean = exposure * rate * max(0.1, self.random.gauss(1, wide))
            return (1 + max(0, round(self.random.gauss(mean, mean ** 0.5))), exposure, [None, 1.5, None][group % 3])
        names = ["observed", "expected"] if ratio else ["count", "denominator"]
        return ["group", *names, "target", "adjustment", "winsorised"], self.funnel(row)

    def shrink_shares(self):
        header, rows = self.funnel_shares()
        rows = [row[:3] + ([0.9, 0.95][len(row[0]) % 2],) for row in rows]
        rows += [("alike", 5 * k, 10 * k, 0.95) for k in (1, 2, 3, 10**6)]
        return ["group", "numerator", "denominator", "confidence"], rows

    def shrink_rates(self):
        header, rows = self.funnel_rates(False)
        rows = [row[:3] + ([0.9, 0.95][len(row[0]) % 2],) for row in rows]
        rows += [("alike", 5 * k, 10.0 * k, 0.95) for k in (1, 2, 3, 10**6)]
        return ["group", "count", "denominator", "confidence"], rows

    def chart_shares(self):
        def row(group):
            n = self.random.choice([0, 1, 20, 200, self.size(10**7)])
            return (None if group % 5 == 0 and self.random.random() < 0.2 else self.random.randint(0, n), n, [None, 60][group % 2])
        rows = self.groups(150, row, (2, 60)) + [("sure", 1, 2, None)]
        seen = {row[0] for row in rows if row[1] is not None and row[2]}
        return ["group", "numerator", "denominator", "baseline"], [row for row in rows if row[0] in seen]

    def chart_rates(self):
        def row(group):
            return (self.size(10**5) - 1, 10 ** self.random.uniform(-1, 5), [None, 5][group % 2])
        return ["group", "count", "denominator", "baseline"], self.groups(150, row, (2, 60))

    def outcomes(self):
        def row(group):
            n = 1 if group % 2 else self.size(1000)
            p = self.random.uniform(0.001, 0.9)
            x = sum(self.random.random() < p * 1.3 for _ in range(n))
            return (x, n, p, [None, 1.5, 0.5][group % 3], [4.5, None, 2.0][group % 3])
        return ["group", "numerator", "denominator", "expected", "odds_ratio", "limit"], self.groups(100, row, (1, 60))

    def predictions(self):
        rows = []
        for _ in range(1000 * self.times):
            rows.append(tuple(self.random.uniform(-2, 2) if i in (0, 3) else self.random.uniform(0.01, 2) for i in range(5))
                        + (self.random.uniform(-2, 2), self.random.choice(LEVELS)))
        return ["before", "error_before", "error_after", "mean", "variance", "after", "confidence"], rows

    def p_values(self):
        def row(group):
            small = 10 ** self.random.uniform(-300, 0)
            return (self.random.choice([None, 0.0, 1.0, small, self.random.random(), 0.05]) if group % 2 else self.random.random(),)
        return ["group", "p_value"], self.groups(150, row, (1, 200))
