-- That a system's advice is shown takes two operators: docs/reference/journal.md. number is the client's version when it was proposed.
CREATE TABLE cds_showing (
    client BYTEA NOT NULL REFERENCES cds_client (id),
    number BIGINT NOT NULL,
    proposed_by BYTEA NOT NULL REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL CHECK (until_at > proposed_at),
    settled_by BYTEA REFERENCES person (id),
    settled_at BIGINT,
    outcome TEXT COLLATE "C" CHECK (outcome IN ('approved', 'refused', 'withdrawn', 'expired')),
    reason TEXT COLLATE "C",
    PRIMARY KEY (client, number),
    CHECK ((outcome IS NULL) = (settled_at IS NULL)),
    CHECK ((settled_by IS NULL) = (outcome IS NULL OR outcome = 'expired')),
    CHECK (outcome NOT IN ('approved', 'refused') OR settled_by <> proposed_by),
    CHECK (outcome <> 'withdrawn' OR settled_by = proposed_by),
    CHECK (outcome <> 'approved' OR settled_at < until_at),
    CHECK (outcome <> 'refused' OR reason IS NOT NULL)
);
CREATE UNIQUE INDEX cds_showing_open ON cds_showing (client) WHERE outcome IS NULL;

-- Whoever is shown advice today is so by one operator's word: silent, until two have agreed.
UPDATE cds_client SET mode = 'silent', version = version + 1 WHERE mode = 'showing';

CREATE FUNCTION cds_client_needs_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cds_showing WHERE client = OLD.id AND number = OLD.version AND outcome = 'approved') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'advice is shown when a second operator has approved it';
END $$;
CREATE FUNCTION cds_client_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what two operators confirmed is not changed';
END $$;
CREATE TRIGGER cds_client_is_shown_by_two BEFORE UPDATE OF mode ON cds_client
    FOR EACH ROW WHEN (NEW.mode = 'showing' AND OLD.mode <> 'showing') EXECUTE FUNCTION cds_client_needs_two();
CREATE TRIGGER cds_client_is_what_was_confirmed BEFORE UPDATE OF name, issuer, key_set_url, key_set, fhir_server, newer, until_at ON cds_client
    FOR EACH ROW EXECUTE FUNCTION cds_client_stays();
