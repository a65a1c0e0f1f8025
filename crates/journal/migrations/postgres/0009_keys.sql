-- With which keys the journal is written: a keyed hash of a fixed text for each key of look-up, which tells nothing of the key. docs/reference/journal.md.
CREATE TABLE key_check (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
    value BYTEA NOT NULL CHECK (length(value) = 32)
);
