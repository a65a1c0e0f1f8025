-- People, appointments, groups, courses, goals, shares and what else people do in the portal: docs/reference/nouns.md.

-- Whoever has logged in, or was proposed for something. pid is the keyed hash of the login's identity,
-- seen_hpr the last HPR number of any login: nobody settles their own matter by logging in without it.
CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    pid BLOB NOT NULL UNIQUE CHECK (length(pid) = 32),
    hpr INTEGER UNIQUE,
    seen_hpr INTEGER,
    language TEXT CHECK (language IN ('nb', 'nn', 'en')),
    known_at INTEGER NOT NULL,
    first_login_at INTEGER,
    last_login_at INTEGER,
    version INTEGER NOT NULL
) STRICT;

-- Two different people, neither the appointee: the policy says so, and so does the table. proposed_by and confirmed_by are
-- empty together where the binary appointed.
CREATE TABLE appointment (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    role TEXT NOT NULL CHECK (role IN ('group_leader', 'nursing_home_leader', 'out_of_hours_leader', 'chief_doctor', 'operator', 'researcher')),
    reach TEXT NOT NULL,
    appointee BLOB REFERENCES person (id),
    appointee_hpr INTEGER,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL CHECK (until_at > from_at),
    reason TEXT NOT NULL,
    proposed_by BLOB REFERENCES person (id),
    proposed_at INTEGER NOT NULL,
    confirmed_by BLOB REFERENCES person (id),
    confirmed_at INTEGER,
    ended_by BLOB REFERENCES person (id),
    ended_at INTEGER,
    CHECK ((appointee IS NULL) <> (appointee_hpr IS NULL)),
    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by),
    CHECK (confirmed_by IS NULL OR appointee IS NULL OR confirmed_by <> appointee),
    CHECK (proposed_by IS NULL OR appointee IS NULL OR proposed_by <> appointee),
    CHECK (proposed_by IS NULL OR (confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CHECK (proposed_by IS NOT NULL OR (role = 'operator' AND confirmed_by IS NULL AND confirmed_at IS NOT NULL))
) STRICT;
CREATE INDEX appointment_appointee ON appointment (appointee) WHERE appointee IS NOT NULL;
CREATE INDEX appointment_hpr ON appointment (appointee_hpr) WHERE appointee_hpr IS NOT NULL;
CREATE INDEX appointment_role ON appointment (role, reach);

-- A course group. origin is its code in deliveries, where it came from there.
CREATE TABLE course_group (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    origin TEXT UNIQUE,
    made_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE membership (
    course_group BLOB NOT NULL REFERENCES course_group (id),
    hpr INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER,
    PRIMARY KEY (course_group, hpr, from_at)
) STRICT;
CREATE UNIQUE INDEX membership_now ON membership (course_group, hpr) WHERE until_at IS NULL;
CREATE INDEX membership_of ON membership (hpr) WHERE until_at IS NULL;

CREATE TABLE course (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    course_group BLOB NOT NULL REFERENCES course_group (id),
    title TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX course_of_group ON course (course_group);

-- day counts from 1970-01-01.
CREATE TABLE meeting (
    course BLOB NOT NULL REFERENCES course (id),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 3),
    day INTEGER,
    place TEXT NOT NULL,
    PRIMARY KEY (course, number)
) STRICT;

CREATE TABLE enrolment (
    course BLOB NOT NULL REFERENCES course (id),
    hpr INTEGER NOT NULL,
    enrolled_at INTEGER NOT NULL,
    PRIMARY KEY (course, hpr)
) STRICT;
CREATE INDEX enrolment_of ON enrolment (hpr);

-- A row says that somebody was there; no row says nothing.
CREATE TABLE attendance (
    course BLOB NOT NULL,
    number INTEGER NOT NULL,
    hpr INTEGER NOT NULL,
    attended INTEGER NOT NULL CHECK (attended IN (0, 1)),
    noted_at INTEGER NOT NULL,
    PRIMARY KEY (course, number, hpr),
    FOREIGN KEY (course, number) REFERENCES meeting (course, number),
    FOREIGN KEY (course, hpr) REFERENCES enrolment (course, hpr)
) STRICT;

CREATE TABLE test_result (
    course BLOB NOT NULL,
    hpr INTEGER NOT NULL,
    test TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    correct INTEGER NOT NULL CHECK (correct BETWEEN 0 AND questions),
    questions INTEGER NOT NULL CHECK (questions > 0),
    PRIMARY KEY (course, hpr, test, taken_at),
    FOREIGN KEY (course, hpr) REFERENCES enrolment (course, hpr)
) STRICT;

-- One goal for each doctor and indicator; every version is kept until it is erased.
CREATE TABLE goal (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    hpr INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (hpr, indicator)
) STRICT;

-- target is in thousandths of the indicator's unit.
CREATE TABLE goal_version (
    goal BLOB NOT NULL REFERENCES goal (id),
    version INTEGER NOT NULL,
    edition TEXT NOT NULL,
    target INTEGER,
    plan TEXT NOT NULL,
    given_up INTEGER NOT NULL CHECK (given_up IN (0, 1)),
    set_at INTEGER NOT NULL,
    PRIMARY KEY (goal, version)
) STRICT;

-- edition empty: all editions.
CREATE TABLE share (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    hpr INTEGER NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('group', 'service')),
    reach TEXT NOT NULL,
    edition TEXT,
    given_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX share_of ON share (hpr);
CREATE INDEX share_with ON share (audience, reach) WHERE withdrawn_at IS NULL;

-- month counts from 1970-01; empty month or count: of the whole period, all of them.
CREATE TABLE dispute (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    hpr INTEGER NOT NULL,
    edition TEXT NOT NULL,
    indicator TEXT,
    why TEXT NOT NULL CHECK (why IN ('locum', 'wrong_prescriber', 'other')),
    month INTEGER,
    rows INTEGER CHECK (rows > 0),
    words TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'rejected', 'taken_back')),
    settled_by BLOB REFERENCES person (id),
    settled_at INTEGER,
    reason TEXT,
    version INTEGER NOT NULL,
    CHECK ((state = 'open') = (settled_at IS NULL)),
    CHECK (state NOT IN ('upheld', 'rejected') OR reason IS NOT NULL)
) STRICT;
CREATE INDEX dispute_of ON dispute (hpr, edition);
CREATE INDEX dispute_state ON dispute (state, opened_at);

-- Who has opened or downloaded their own report of an edition.
CREATE TABLE fetched (
    hpr INTEGER NOT NULL,
    edition TEXT NOT NULL,
    first_opened_at INTEGER,
    last_opened_at INTEGER,
    first_downloaded_at INTEGER,
    last_downloaded_at INTEGER,
    PRIMARY KEY (hpr, edition)
) STRICT;
CREATE INDEX fetched_edition ON fetched (edition);

CREATE TABLE mailing (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    edition TEXT NOT NULL,
    notice TEXT NOT NULL CHECK (notice IN ('report_ready', 'report_waits')),
    made_by BLOB NOT NULL REFERENCES person (id),
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mailing_edition ON mailing (edition);

CREATE TABLE mailing_recipient (
    mailing BLOB NOT NULL REFERENCES mailing (id),
    hpr INTEGER NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('waits', 'sent', 'failed', 'no_address')),
    tried_at INTEGER,
    tries INTEGER NOT NULL,
    PRIMARY KEY (mailing, hpr),
    CHECK ((result = 'waits' AND tries = 0) = (tried_at IS NULL))
) STRICT;
CREATE INDEX mailing_result ON mailing_recipient (mailing, result);

-- Editions of the portal. folder is a name, not a path; months count from 1970-01.
CREATE TABLE shelf (
    edition TEXT NOT NULL PRIMARY KEY,
    folder TEXT NOT NULL,
    first_month INTEGER NOT NULL,
    last_month INTEGER NOT NULL CHECK (last_month >= first_month),
    published_by BLOB REFERENCES person (id),
    published_at INTEGER NOT NULL,
    withdrawn_by BLOB REFERENCES person (id),
    withdrawn_at INTEGER,
    reason TEXT,
    CHECK (withdrawn_at IS NULL OR reason IS NOT NULL)
) STRICT;

CREATE TABLE visit_waiver (
    hpr INTEGER NOT NULL,
    given_at INTEGER NOT NULL,
    taken_back_at INTEGER,
    words TEXT NOT NULL,
    PRIMARY KEY (hpr, given_at)
) STRICT;
CREATE UNIQUE INDEX visit_waiver_now ON visit_waiver (hpr) WHERE taken_back_at IS NULL;
