-- The prescription chain: docs/reference/journal.md. `link` is the role whose row it is; one journal may hold several.
CREATE TABLE chain_patient (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    pid BLOB NOT NULL UNIQUE CHECK (length(pid) = 32),
    key INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    known_at INTEGER NOT NULL
) STRICT;
CREATE INDEX chain_patient_key ON chain_patient (key);

-- Messages that were taken, each with the answer that was given to it.
CREATE TABLE chain_message (
    link TEXT NOT NULL,
    id TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    kind TEXT NOT NULL,
    hpr INTEGER,
    organisation TEXT,
    patient BLOB REFERENCES chain_patient (id),
    at INTEGER NOT NULL,
    line INTEGER NOT NULL REFERENCES audit (line),
    result TEXT NOT NULL,
    key INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    answer BLOB NOT NULL,
    PRIMARY KEY (link, id)
) STRICT;
CREATE INDEX chain_message_at ON chain_message (link, at, id);
CREATE INDEX chain_message_patient ON chain_message (patient) WHERE patient IS NOT NULL;
CREATE INDEX chain_message_key ON chain_message (key);

-- Prescriptions as they stand: what follows from their events.
CREATE TABLE chain_prescription (
    link TEXT NOT NULL,
    id TEXT NOT NULL,
    patient BLOB NOT NULL REFERENCES chain_patient (id),
    message TEXT NOT NULL,
    status TEXT NOT NULL,
    locked INTEGER NOT NULL CHECK (locked IN (0, 1)),
    reserved INTEGER NOT NULL CHECK (reserved IN (0, 1)),
    expires_on INTEGER NOT NULL,
    closed_at INTEGER,
    version INTEGER NOT NULL CHECK (version > 0),
    key INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (link, id),
    FOREIGN KEY (link, message) REFERENCES chain_message (link, id)
) STRICT;
CREATE INDEX chain_prescription_patient ON chain_prescription (patient, link);
CREATE INDEX chain_prescription_expires ON chain_prescription (link, expires_on, id) WHERE closed_at IS NULL;
CREATE INDEX chain_prescription_closed ON chain_prescription (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX chain_prescription_message ON chain_prescription (link, message);
CREATE INDEX chain_prescription_key ON chain_prescription (key);

-- What has happened to each; an event goes with its prescription only.
CREATE TABLE chain_event (
    link TEXT NOT NULL,
    prescription TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    line INTEGER NOT NULL REFERENCES audit (line),
    message TEXT,
    key INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (link, prescription, version),
    FOREIGN KEY (link, prescription) REFERENCES chain_prescription (link, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX chain_event_key ON chain_event (key);
CREATE TRIGGER chain_event_is_not_changed BEFORE UPDATE OF link, prescription, version, at, line, message ON chain_event
BEGIN
    SELECT RAISE(ABORT, 'what has happened is not changed');
END;
CREATE TRIGGER chain_event_goes_with_its_prescription BEFORE DELETE ON chain_event
WHEN EXISTS (SELECT 1 FROM chain_prescription p WHERE p.link = OLD.link AND p.id = OLD.prescription)
BEGIN
    SELECT RAISE(ABORT, 'an event goes with its prescription only');
END;

-- What must go on to others.
CREATE TABLE chain_outbox (
    link TEXT NOT NULL,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    to_link TEXT NOT NULL,
    kind TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    settled_at INTEGER,
    result TEXT,
    key INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    answer BLOB,
    PRIMARY KEY (link, id),
    CHECK ((settled_at IS NULL) = (result IS NULL))
) STRICT;
CREATE INDEX chain_outbox_next ON chain_outbox (link, next_at, number, id) WHERE settled_at IS NULL;
CREATE INDEX chain_outbox_settled ON chain_outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX chain_outbox_key ON chain_outbox (key);
