-- The tests that somebody took are their own: they stay when a leader takes the doctor out of the course.
ALTER TABLE test_result RENAME TO test_taken;
CREATE TABLE test_result (
    course BLOB NOT NULL REFERENCES course (id),
    hpr INTEGER NOT NULL,
    test TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    correct INTEGER NOT NULL CHECK (correct BETWEEN 0 AND questions),
    questions INTEGER NOT NULL CHECK (questions > 0),
    PRIMARY KEY (course, hpr, test, taken_at)
) STRICT;
INSERT INTO test_result SELECT course, hpr, test, taken_at, correct, questions FROM test_taken;
DROP TABLE test_taken;
