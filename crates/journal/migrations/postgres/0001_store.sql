-- The log of who did what, sessions and pending logins, encrypted identities: docs/reference/journal.md.

-- Columns in the order in which they are hashed.
CREATE TABLE audit (
    line BIGINT NOT NULL PRIMARY KEY,
    previous BYTEA NOT NULL CHECK (length(previous) = 32),
    at BIGINT NOT NULL,
    actor BYTEA NOT NULL CHECK (length(actor) = 32),
    act TEXT COLLATE "C" NOT NULL,
    basis TEXT COLLATE "C" NOT NULL,
    subject BYTEA NOT NULL CHECK (length(subject) = 32),
    kind TEXT COLLATE "C" NOT NULL,
    object TEXT COLLATE "C" NOT NULL,
    result TEXT COLLATE "C" NOT NULL,
    request TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32) UNIQUE
);

-- Who did it. Rows here can go, with a row in audit_erased that says upon which line.
CREATE TABLE audit_actor (
    line BIGINT NOT NULL PRIMARY KEY REFERENCES audit (line),
    salt BYTEA NOT NULL CHECK (length(salt) = 32),
    verb TEXT COLLATE "C",
    person BYTEA CHECK (length(person) = 16),
    hpr BIGINT,
    organisation TEXT COLLATE "C"
);
CREATE INDEX audit_actor_person ON audit_actor (person, line) WHERE person IS NOT NULL;
CREATE INDEX audit_actor_hpr ON audit_actor (hpr, line) WHERE hpr IS NOT NULL;

-- About whom. Rows here can go, with a row in audit_erased that says upon which line.
CREATE TABLE audit_subject (
    line BIGINT NOT NULL PRIMARY KEY REFERENCES audit (line),
    salt BYTEA NOT NULL CHECK (length(salt) = 32),
    verb TEXT COLLATE "C",
    person BYTEA CHECK (length(person) = 16),
    hpr BIGINT,
    organisation TEXT COLLATE "C"
);
CREATE INDEX audit_subject_person ON audit_subject (person, line) WHERE person IS NOT NULL;
CREATE INDEX audit_subject_hpr ON audit_subject (hpr, line) WHERE hpr IS NOT NULL;

-- Which names beside the log have gone, and upon which line.
CREATE TABLE audit_erased (
    part TEXT COLLATE "C" NOT NULL CHECK (part IN ('actor', 'subject')),
    line BIGINT NOT NULL REFERENCES audit (line),
    upon BIGINT NOT NULL REFERENCES audit (line),
    PRIMARY KEY (part, line)
);

CREATE TABLE session (
    token BYTEA NOT NULL PRIMARY KEY CHECK (length(token) = 32),
    person BYTEA NOT NULL CHECK (length(person) = 16),
    hpr BIGINT,
    organisation TEXT COLLATE "C",
    sub BYTEA NOT NULL CHECK (length(sub) = 32),
    sid BYTEA CHECK (length(sid) = 32),
    key BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_sub ON session (sub);
CREATE INDEX session_sid ON session (sid) WHERE sid IS NOT NULL;
CREATE INDEX session_seen ON session (seen_at);

CREATE TABLE pending_login (
    state BYTEA NOT NULL PRIMARY KEY CHECK (length(state) = 32),
    key BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    began_at BIGINT NOT NULL
);
CREATE INDEX pending_login_began ON pending_login (began_at);

-- Ids of tokens that may be used once, as hashes.
CREATE TABLE used_once (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    until_at BIGINT NOT NULL
);
CREATE INDEX used_once_until ON used_once (until_at);

-- What must be readable of a person, one field a row, encrypted.
CREATE TABLE identity (
    person BYTEA NOT NULL CHECK (length(person) = 16),
    field TEXT COLLATE "C" NOT NULL,
    key BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (person, field)
);
CREATE INDEX identity_key ON identity (key);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only';
END $$;
CREATE FUNCTION audit_name_leaves_upon_a_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit_erased WHERE part = TG_ARGV[0] AND line = OLD.line) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a name leaves the log upon a line only';
END $$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_erased_is_not_changed BEFORE UPDATE OR DELETE ON audit_erased
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_actor_is_not_changed BEFORE UPDATE ON audit_actor
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_subject_is_not_changed BEFORE UPDATE ON audit_subject
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_erased_is_not_emptied BEFORE TRUNCATE ON audit_erased
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_actor_is_not_emptied BEFORE TRUNCATE ON audit_actor
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_subject_is_not_emptied BEFORE TRUNCATE ON audit_subject
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_actor_no_silent_delete BEFORE DELETE ON audit_actor
    FOR EACH ROW EXECUTE FUNCTION audit_name_leaves_upon_a_line('actor');
CREATE TRIGGER audit_subject_no_silent_delete BEFORE DELETE ON audit_subject
    FOR EACH ROW EXECUTE FUNCTION audit_name_leaves_upon_a_line('subject');
