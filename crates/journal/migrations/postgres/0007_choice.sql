-- What a person has chosen about their prescriptions, and who is whose guardian: docs/reference/journal.md.
CREATE TABLE chain_choice (
    person BYTEA NOT NULL REFERENCES person (id),
    choice TEXT COLLATE "C" NOT NULL,
    hpr BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person, choice, hpr)
);

-- From the population register, by the keyed hash of either identity; replaced as a whole.
CREATE TABLE chain_guardian (
    ward BYTEA NOT NULL CHECK (length(ward) = 32),
    guardian BYTEA NOT NULL CHECK (length(guardian) = 32),
    kind TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (ward, guardian)
);
CREATE INDEX chain_guardian_guardian ON chain_guardian (guardian);
