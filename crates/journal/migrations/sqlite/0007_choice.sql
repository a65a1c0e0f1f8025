-- What a person has chosen about their prescriptions, and who is whose guardian: docs/reference/journal.md.
CREATE TABLE chain_choice (
    person BLOB NOT NULL REFERENCES person (id),
    choice TEXT NOT NULL,
    hpr INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, choice, hpr)
) STRICT;

-- From the population register, by the keyed hash of either identity; replaced as a whole.
CREATE TABLE chain_guardian (
    ward BLOB NOT NULL CHECK (length(ward) = 32),
    guardian BLOB NOT NULL CHECK (length(guardian) = 32),
    kind TEXT NOT NULL,
    PRIMARY KEY (ward, guardian)
) STRICT;
CREATE INDEX chain_guardian_guardian ON chain_guardian (guardian);
