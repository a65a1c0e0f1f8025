-- With which doctors a course is followed up beside an edition: docs/reference/journal.md. doctors is how many they were, so
-- that it shows when one has gone.
CREATE TABLE cohort (
    course BYTEA NOT NULL REFERENCES course (id),
    edition TEXT NOT NULL,
    day BIGINT NOT NULL,
    as_of BIGINT NOT NULL,
    doctors BIGINT NOT NULL CHECK (doctors > 0),
    PRIMARY KEY (course, edition)
);

CREATE TABLE cohort_doctor (
    course BYTEA NOT NULL,
    edition TEXT NOT NULL,
    hpr BIGINT NOT NULL,
    PRIMARY KEY (course, edition, hpr),
    FOREIGN KEY (course, edition) REFERENCES cohort (course, edition)
);
CREATE INDEX cohort_doctor_of ON cohort_doctor (hpr);
