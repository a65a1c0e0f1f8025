"""The calculator beside independent implementations: SciPy and statsmodels, mpmath where they lack digits, plain loops
where they lack the method.

    python stats.py RIKTIG [--full]

Feeds the same sheets to `RIKTIG stats FUNCTION` and to the implementations of stats_reference.py, and prints one line for
each pair. Ends with status 1 when a number disagrees by more than 1e-9 of its size."""

import subprocess
import sys

from stats_cases import Cases
from stats_reference import FUNCTIONS

RELATIVE = 1e-9
SHOWN = 3


def run(riktig, function, sheet):
    """The result columns of every row, as text by column."""
    header, rows = sheet
    lines = [",".join(header)] + [",".join(map(text, row)) for row in rows]
    done = subprocess.run([riktig, "stats", function], input="\n".join(lines) + "\n", capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{function}: {done.stderr}")
    first, *rest = done.stdout.splitlines()
    names = first.split(",")[len(header):]
    return [dict(zip(names, line.split(",")[len(header):])) for line in rest]


def text(value):
    if value is None:
        return ""
    return repr(float(value)) if isinstance(value, float) else str(value)


def distance(ours, theirs, absolute):
    """How far apart relative to size, and whether that is near enough."""
    if theirs is None or isinstance(theirs, str):
        same = ours == (theirs or "")
        return (0.0 if same else float("inf")), same
    if ours == "":
        return float("inf"), False
    apart = abs(float(ours) - theirs)
    relative = apart / abs(theirs) if theirs else (float("inf") if apart else 0.0)
    if apart <= absolute:
        return min(relative, RELATIVE), True
    return relative, relative <= RELATIVE


def compare(sheet, ours, theirs, absolute):
    """How many rows agree, of how many, and the largest difference among them; prints the first few that do not."""
    agreeing, compared, worst, shown = 0, 0, 0.0, 0
    for index, (left, right) in enumerate(zip(ours, theirs, strict=True)):
        if right is None:
            continue
        compared += 1
        found = [distance(left[column], value, absolute) for column, value in right.items()]
        if all(near for _, near in found):
            agreeing += 1
            worst = max([worst] + [relative for relative, _ in found])
        elif shown < SHOWN:
            shown += 1
            print(f"  line {index + 2}: {dict(zip(sheet[0], sheet[1][index]))}\n    riktig {left}\n    other  {right}")
    return agreeing, compared, worst


def main():
    riktig, full = sys.argv[1], "--full" in sys.argv[2:]
    whole = True
    print(f"{'function':22} {'beside':14} {'agree':>18}  largest relative difference")
    for name, (make, others) in FUNCTIONS.items():
        sheet = make(Cases(full))
        ours = run(riktig, name, sheet)
        for reference, beside, absolute in others:
            agreeing, compared, worst = compare(sheet, ours, reference(sheet), absolute)
            whole = whole and agreeing == compared
            print(f"{name:22} {beside:14} {agreeing:>7} of {compared:>7}  {worst:.1e}", flush=True)
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
