-- The prescription chain: docs/reference/journal.md. `link` is the role whose row it is; one journal may hold several.
CREATE TABLE chain_patient (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    pid BYTEA NOT NULL UNIQUE CHECK (length(pid) = 32),
    key BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    known_at BIGINT NOT NULL
);
CREATE INDEX chain_patient_key ON chain_patient (key);

-- Messages that were taken, each with the answer that was given to it.
CREATE TABLE chain_message (
    link TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    kind TEXT COLLATE "C" NOT NULL,
    hpr BIGINT,
    organisation TEXT COLLATE "C",
    patient BYTEA REFERENCES chain_patient (id),
    at BIGINT NOT NULL,
    line BIGINT NOT NULL REFERENCES audit (line),
    result TEXT COLLATE "C" NOT NULL,
    key BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    answer BYTEA NOT NULL,
    PRIMARY KEY (link, id)
);
CREATE INDEX chain_message_at ON chain_message (link, at, id);
CREATE INDEX chain_message_patient ON chain_message (patient) WHERE patient IS NOT NULL;
CREATE INDEX chain_message_key ON chain_message (key);

-- Prescriptions as they stand: what follows from their events.
CREATE TABLE chain_prescription (
    link TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    patient BYTEA NOT NULL REFERENCES chain_patient (id),
    message TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    locked BIGINT NOT NULL CHECK (locked IN (0, 1)),
    reserved BIGINT NOT NULL CHECK (reserved IN (0, 1)),
    expires_on BIGINT NOT NULL,
    closed_at BIGINT,
    version BIGINT NOT NULL CHECK (version > 0),
    key BIGINT NOT NULL,
    state BYTEA NOT NULL,
    PRIMARY KEY (link, id),
    FOREIGN KEY (link, message) REFERENCES chain_message (link, id)
);
CREATE INDEX chain_prescription_patient ON chain_prescription (patient, link);
CREATE INDEX chain_prescription_expires ON chain_prescription (link, expires_on, id) WHERE closed_at IS NULL;
CREATE INDEX chain_prescription_closed ON chain_prescription (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX chain_prescription_message ON chain_prescription (link, message);
CREATE INDEX chain_prescription_key ON chain_prescription (key);

-- What has happened to each; an event goes with its prescription only.
CREATE TABLE chain_event (
    link TEXT COLLATE "C" NOT NULL,
    prescription TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    line BIGINT NOT NULL REFERENCES audit (line),
    message TEXT COLLATE "C",
    key BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (link, prescription, version),
    FOREIGN KEY (link, prescription) REFERENCES chain_prescription (link, id) ON DELETE CASCADE
);
CREATE INDEX chain_event_key ON chain_event (key);
CREATE FUNCTION chain_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what has happened is not changed';
END $$;
CREATE FUNCTION chain_event_leaves_with_its_prescription() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM chain_prescription p WHERE p.link = OLD.link AND p.id = OLD.prescription) THEN
        RAISE EXCEPTION 'an event goes with its prescription only';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER chain_event_is_not_changed BEFORE UPDATE OF link, prescription, version, at, line, message ON chain_event
    FOR EACH ROW EXECUTE FUNCTION chain_event_is_kept();
CREATE TRIGGER chain_event_goes_with_its_prescription BEFORE DELETE ON chain_event
    FOR EACH ROW EXECUTE FUNCTION chain_event_leaves_with_its_prescription();

-- What must go on to others.
CREATE TABLE chain_outbox (
    link TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    to_link TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    settled_at BIGINT,
    result TEXT COLLATE "C",
    key BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    answer BYTEA,
    PRIMARY KEY (link, id),
    CHECK ((settled_at IS NULL) = (result IS NULL))
);
CREATE INDEX chain_outbox_next ON chain_outbox (link, next_at, number, id) WHERE settled_at IS NULL;
CREATE INDEX chain_outbox_settled ON chain_outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX chain_outbox_key ON chain_outbox (key);
