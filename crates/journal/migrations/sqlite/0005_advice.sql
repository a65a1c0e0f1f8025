-- Advice at the moment of prescribing: docs/reference/journal.md.
-- Systems that may ask for it. Proposed by one operator, confirmed by another.
CREATE TABLE cds_client (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    key_set_url TEXT,
    key_set TEXT,
    fhir_server TEXT,
    mode TEXT NOT NULL CHECK (mode IN ('silent', 'showing')),
    newer INTEGER NOT NULL CHECK (newer IN (0, 1)),
    until_at INTEGER NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at INTEGER NOT NULL CHECK (until_at > proposed_at),
    confirmed_by BLOB REFERENCES person (id),
    confirmed_at INTEGER,
    ended_by BLOB REFERENCES person (id),
    ended_at INTEGER,
    version INTEGER NOT NULL,
    CHECK ((key_set_url IS NULL) <> (key_set IS NULL)),
    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX cds_client_issuer ON cds_client (issuer) WHERE confirmed_at IS NOT NULL AND ended_at IS NULL;

-- Rules of the guideline that somebody switched off: '*', a condition, or condition/rule. Everybody reads why.
CREATE TABLE rule_switch (
    rule TEXT NOT NULL,
    off_by BLOB NOT NULL REFERENCES person (id),
    off_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    on_by BLOB REFERENCES person (id),
    on_at INTEGER,
    PRIMARY KEY (rule, off_at),
    CHECK (on_by IS NULL OR on_by <> off_by),
    CHECK ((on_by IS NULL) = (on_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX rule_switch_now ON rule_switch (rule) WHERE on_at IS NULL;

-- What was said: a row for each rule that a card rests on. No patient. The client of an unsigned call in the demo is sixteen
-- zeros, so it points at no row.
CREATE TABLE advice_shown (
    card BLOB NOT NULL CHECK (length(card) = 16),
    rule TEXT NOT NULL,
    client BLOB NOT NULL CHECK (length(client) = 16),
    at INTEGER NOT NULL,
    hook TEXT NOT NULL,
    instance BLOB NOT NULL CHECK (length(instance) = 32),
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    shown INTEGER NOT NULL CHECK (shown IN (0, 1)),
    hpr INTEGER,
    PRIMARY KEY (client, card, rule)
) STRICT;
CREATE INDEX advice_shown_at ON advice_shown (at);
CREATE INDEX advice_shown_of ON advice_shown (hpr);

-- What was done with a card, as its client told last. It may come before the row that says that the card was shown.
CREATE TABLE advice_feedback (
    client BLOB NOT NULL CHECK (length(client) = 16),
    card BLOB NOT NULL CHECK (length(card) = 16),
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'overridden')),
    reason TEXT,
    told_at INTEGER NOT NULL,
    noted_at INTEGER NOT NULL,
    PRIMARY KEY (client, card),
    CHECK (outcome = 'overridden' OR reason IS NULL)
) STRICT;
