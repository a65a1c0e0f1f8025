-- Advice at the moment of prescribing: docs/reference/journal.md.
-- Systems that may ask for it. Proposed by one operator, confirmed by another.
CREATE TABLE cds_client (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT COLLATE "C" NOT NULL,
    issuer TEXT COLLATE "C" NOT NULL,
    key_set_url TEXT COLLATE "C",
    key_set TEXT COLLATE "C",
    fhir_server TEXT COLLATE "C",
    mode TEXT COLLATE "C" NOT NULL CHECK (mode IN ('silent', 'showing')),
    newer BIGINT NOT NULL CHECK (newer IN (0, 1)),
    until_at BIGINT NOT NULL,
    proposed_by BYTEA NOT NULL REFERENCES person (id),
    proposed_at BIGINT NOT NULL CHECK (until_at > proposed_at),
    confirmed_by BYTEA REFERENCES person (id),
    confirmed_at BIGINT,
    ended_by BYTEA REFERENCES person (id),
    ended_at BIGINT,
    version BIGINT NOT NULL,
    CHECK ((key_set_url IS NULL) <> (key_set IS NULL)),
    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE UNIQUE INDEX cds_client_issuer ON cds_client (issuer) WHERE confirmed_at IS NOT NULL AND ended_at IS NULL;

-- Rules of the guideline that somebody switched off: '*', a condition, or condition/rule. Everybody reads why.
CREATE TABLE rule_switch (
    rule TEXT COLLATE "C" NOT NULL,
    off_by BYTEA NOT NULL REFERENCES person (id),
    off_at BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    on_by BYTEA REFERENCES person (id),
    on_at BIGINT,
    PRIMARY KEY (rule, off_at),
    CHECK (on_by IS NULL OR on_by <> off_by),
    CHECK ((on_by IS NULL) = (on_at IS NULL))
);
CREATE UNIQUE INDEX rule_switch_now ON rule_switch (rule) WHERE on_at IS NULL;

-- What was said: a row for each rule that a card rests on. No patient. The client of an unsigned call in the demo is sixteen
-- zeros, so it points at no row.
CREATE TABLE advice_shown (
    card BYTEA NOT NULL CHECK (length(card) = 16),
    rule TEXT COLLATE "C" NOT NULL,
    client BYTEA NOT NULL CHECK (length(client) = 16),
    at BIGINT NOT NULL,
    hook TEXT COLLATE "C" NOT NULL,
    instance BYTEA NOT NULL CHECK (length(instance) = 32),
    kind TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    shown BIGINT NOT NULL CHECK (shown IN (0, 1)),
    hpr BIGINT,
    PRIMARY KEY (client, card, rule)
);
CREATE INDEX advice_shown_at ON advice_shown (at);
CREATE INDEX advice_shown_of ON advice_shown (hpr);

-- What was done with a card, as its client told last. It may come before the row that says that the card was shown.
CREATE TABLE advice_feedback (
    client BYTEA NOT NULL CHECK (length(client) = 16),
    card BYTEA NOT NULL CHECK (length(card) = 16),
    outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('accepted', 'overridden')),
    reason TEXT COLLATE "C",
    told_at BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (client, card),
    CHECK (outcome = 'overridden' OR reason IS NULL)
);
