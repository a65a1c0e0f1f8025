-- The log of who did what, sessions and pending logins, encrypted identities: docs/reference/journal.md.

-- Columns in the order in which they are hashed.
CREATE TABLE audit (
    line INTEGER NOT NULL PRIMARY KEY,
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    at INTEGER NOT NULL,
    actor BLOB NOT NULL CHECK (length(actor) = 32),
    act TEXT NOT NULL,
    basis TEXT NOT NULL,
    subject BLOB NOT NULL CHECK (length(subject) = 32),
    kind TEXT NOT NULL,
    object TEXT NOT NULL,
    result TEXT NOT NULL,
    request TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32) UNIQUE
) STRICT;

-- Who did it. Rows here can go, with a row in audit_erased that says upon which line.
CREATE TABLE audit_actor (
    line INTEGER NOT NULL PRIMARY KEY REFERENCES audit (line),
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    verb TEXT,
    person BLOB CHECK (length(person) = 16),
    hpr INTEGER,
    organisation TEXT
) STRICT;
CREATE INDEX audit_actor_person ON audit_actor (person, line) WHERE person IS NOT NULL;
CREATE INDEX audit_actor_hpr ON audit_actor (hpr, line) WHERE hpr IS NOT NULL;

-- About whom. Rows here can go, with a row in audit_erased that says upon which line.
CREATE TABLE audit_subject (
    line INTEGER NOT NULL PRIMARY KEY REFERENCES audit (line),
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    verb TEXT,
    person BLOB CHECK (length(person) = 16),
    hpr INTEGER,
    organisation TEXT
) STRICT;
CREATE INDEX audit_subject_person ON audit_subject (person, line) WHERE person IS NOT NULL;
CREATE INDEX audit_subject_hpr ON audit_subject (hpr, line) WHERE hpr IS NOT NULL;

-- Which names beside the log have gone, and upon which line.
CREATE TABLE audit_erased (
    part TEXT NOT NULL CHECK (part IN ('actor', 'subject')),
    line INTEGER NOT NULL REFERENCES audit (line),
    upon INTEGER NOT NULL REFERENCES audit (line),
    PRIMARY KEY (part, line)
) STRICT;

CREATE TABLE session (
    token BLOB NOT NULL PRIMARY KEY CHECK (length(token) = 32),
    person BLOB NOT NULL CHECK (length(person) = 16),
    hpr INTEGER,
    organisation TEXT,
    sub BLOB NOT NULL CHECK (length(sub) = 32),
    sid BLOB CHECK (length(sid) = 32),
    key INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    began_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_sub ON session (sub);
CREATE INDEX session_sid ON session (sid) WHERE sid IS NOT NULL;
CREATE INDEX session_seen ON session (seen_at);

CREATE TABLE pending_login (
    state BLOB NOT NULL PRIMARY KEY CHECK (length(state) = 32),
    key INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    began_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pending_login_began ON pending_login (began_at);

-- Ids of tokens that may be used once, as hashes.
CREATE TABLE used_once (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    until_at INTEGER NOT NULL
) STRICT;
CREATE INDEX used_once_until ON used_once (until_at);

-- What must be readable of a person, one field a row, encrypted.
CREATE TABLE identity (
    person BLOB NOT NULL CHECK (length(person) = 16),
    field TEXT NOT NULL,
    key INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (person, field)
) STRICT;
CREATE INDEX identity_key ON identity (key);

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_actor_no_update BEFORE UPDATE ON audit_actor
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_subject_no_update BEFORE UPDATE ON audit_subject
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_erased_no_update BEFORE UPDATE ON audit_erased
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_erased_no_delete BEFORE DELETE ON audit_erased
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_actor_no_silent_delete BEFORE DELETE ON audit_actor
WHEN NOT EXISTS (SELECT 1 FROM audit_erased WHERE part = 'actor' AND line = OLD.line)
BEGIN SELECT RAISE(ABORT, 'a name leaves the log upon a line only'); END;
CREATE TRIGGER audit_subject_no_silent_delete BEFORE DELETE ON audit_subject
WHEN NOT EXISTS (SELECT 1 FROM audit_erased WHERE part = 'subject' AND line = OLD.line)
BEGIN SELECT RAISE(ABORT, 'a name leaves the log upon a line only'); END;
