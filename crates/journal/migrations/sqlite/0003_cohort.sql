-- With which doctors a course is followed up beside an edition: docs/reference/journal.md. doctors is how many they were, so
-- that it shows when one has gone.
CREATE TABLE cohort (
    course BLOB NOT NULL REFERENCES course (id),
    edition TEXT NOT NULL,
    day INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    doctors INTEGER NOT NULL CHECK (doctors > 0),
    PRIMARY KEY (course, edition)
) STRICT;

CREATE TABLE cohort_doctor (
    course BLOB NOT NULL,
    edition TEXT NOT NULL,
    hpr INTEGER NOT NULL,
    PRIMARY KEY (course, edition, hpr),
    FOREIGN KEY (course, edition) REFERENCES cohort (course, edition)
) STRICT;
CREATE INDEX cohort_doctor_of ON cohort_doctor (hpr);
