"""What peers check at intake, and where they stop: the same files, the same outputs, as far as the engines reach.

Checked as we do: status, receiver, dates and their order, the delivery's month, check digits of identity numbers, sex code,
municipality, HPR number, form of ATC and diagnosis codes, quantities, missing ids; annulled and credited rows take back the
rows they name; identities become keyed 64-bit hashes and then dense ids; ages are computed; antibiotics and infection
contacts are split off; every output is sorted by patient, day and event and written as zstd Parquet.

Not done by peers: line numbers of refused rows, SHA-256 of the file, dates that do not exist told apart from other texts,
code memberships beyond their form, drugs and diagnoses as dictionary ids, previous cancellations, an atomic manifest with
fsync. DuckDB hashes identities with MD5 of key and number, Polars (which has no cryptographic hash) with its keyed row hash:
both are cheaper than, and not as strong as, our keyed BLAKE3.
"""

import csv
import secrets
from pathlib import Path

from content import CODES, Facts, rows

KEY = secrets.token_hex(16)
MASKED = ("00000000000", "99999999999")
OUTPUTS = ("antibiotics", "ballast", "infection_contacts", "other_contacts")


def month_of(path):
    """(first, last) day of the month in a file's name, as texts."""
    import datetime

    year, month = Path(path).stem.split("-")[1:3]
    first = datetime.date(int(year), int(month), 1)
    last = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    return first.isoformat(), last.isoformat()


def antibiotics():
    """ATC codes outside J01 that are antibiotics."""
    return sorted({row["atc"] for row in rows(CODES / "antibiotics.csv") if not row["atc"].startswith("J01")})


def infections():
    """ICPC-2 codes that make an infection contact."""
    return sorted({code for system, code in Facts(CODES).groups["infection"] if system == "ICPC-2"})


def columns_of(path):
    """The header, in the second line."""
    with open(path, encoding="utf-8-sig", newline="") as lines:
        next(lines)
        return next(csv.reader(lines, delimiter=";"))
