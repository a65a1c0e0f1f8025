-- That a system's advice is shown takes two operators: docs/reference/journal.md. number is the client's version when it was proposed.
CREATE TABLE cds_showing (
    client BLOB NOT NULL REFERENCES cds_client (id),
    number INTEGER NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL CHECK (until_at > proposed_at),
    settled_by BLOB REFERENCES person (id),
    settled_at INTEGER,
    outcome TEXT CHECK (outcome IN ('approved', 'refused', 'withdrawn', 'expired')),
    reason TEXT,
    PRIMARY KEY (client, number),
    CHECK ((outcome IS NULL) = (settled_at IS NULL)),
    CHECK ((settled_by IS NULL) = (outcome IS NULL OR outcome = 'expired')),
    CHECK (outcome NOT IN ('approved', 'refused') OR settled_by <> proposed_by),
    CHECK (outcome <> 'withdrawn' OR settled_by = proposed_by),
    CHECK (outcome <> 'approved' OR settled_at < until_at),
    CHECK (outcome <> 'refused' OR reason IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX cds_showing_open ON cds_showing (client) WHERE outcome IS NULL;

-- Whoever is shown advice today is so by one operator's word: silent, until two have agreed.
UPDATE cds_client SET mode = 'silent', version = version + 1 WHERE mode = 'showing';

CREATE TRIGGER cds_client_is_shown_by_two BEFORE UPDATE OF mode ON cds_client
WHEN NEW.mode = 'showing' AND OLD.mode <> 'showing'
    AND NOT EXISTS (SELECT 1 FROM cds_showing WHERE client = OLD.id AND number = OLD.version AND outcome = 'approved')
BEGIN SELECT RAISE(ABORT, 'advice is shown when a second operator has approved it'); END;
CREATE TRIGGER cds_client_is_what_was_confirmed BEFORE UPDATE OF name, issuer, key_set_url, key_set, fhir_server, newer, until_at ON cds_client
BEGIN SELECT RAISE(ABORT, 'what two operators confirmed is not changed'); END;
