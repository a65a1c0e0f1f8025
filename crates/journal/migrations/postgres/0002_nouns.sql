-- People, appointments, groups, courses, goals, shares and what else people do in the portal: docs/reference/nouns.md.

-- Whoever has logged in, or was proposed for something. pid is the keyed hash of the login's identity,
-- seen_hpr the last HPR number of any login: nobody settles their own matter by logging in without it.
CREATE TABLE person (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    pid BYTEA NOT NULL UNIQUE CHECK (length(pid) = 32),
    hpr BIGINT UNIQUE,
    seen_hpr BIGINT,
    language TEXT COLLATE "C" CHECK (language IN ('nb', 'nn', 'en')),
    known_at BIGINT NOT NULL,
    first_login_at BIGINT,
    last_login_at BIGINT,
    version BIGINT NOT NULL
);

-- Two different people, neither the appointee: the policy says so, and so does the table. proposed_by and confirmed_by are
-- empty together where the binary appointed.
CREATE TABLE appointment (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('group_leader', 'nursing_home_leader', 'out_of_hours_leader', 'chief_doctor', 'operator', 'researcher')),
    reach TEXT COLLATE "C" NOT NULL,
    appointee BYTEA REFERENCES person (id),
    appointee_hpr BIGINT,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL CHECK (until_at > from_at),
    reason TEXT COLLATE "C" NOT NULL,
    proposed_by BYTEA REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    confirmed_by BYTEA REFERENCES person (id),
    confirmed_at BIGINT,
    ended_by BYTEA REFERENCES person (id),
    ended_at BIGINT,
    CHECK ((appointee IS NULL) <> (appointee_hpr IS NULL)),
    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by),
    CHECK (confirmed_by IS NULL OR appointee IS NULL OR confirmed_by <> appointee),
    CHECK (proposed_by IS NULL OR appointee IS NULL OR proposed_by <> appointee),
    CHECK (proposed_by IS NULL OR (confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CHECK (proposed_by IS NOT NULL OR (role = 'operator' AND confirmed_by IS NULL AND confirmed_at IS NOT NULL))
);
CREATE INDEX appointment_appointee ON appointment (appointee) WHERE appointee IS NOT NULL;
CREATE INDEX appointment_hpr ON appointment (appointee_hpr) WHERE appointee_hpr IS NOT NULL;
CREATE INDEX appointment_role ON appointment (role, reach);

-- A course group. origin is its code in deliveries, where it came from there.
CREATE TABLE course_group (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT COLLATE "C" NOT NULL,
    origin TEXT COLLATE "C" UNIQUE,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE membership (
    course_group BYTEA NOT NULL REFERENCES course_group (id),
    hpr BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT,
    PRIMARY KEY (course_group, hpr, from_at)
);
CREATE UNIQUE INDEX membership_now ON membership (course_group, hpr) WHERE until_at IS NULL;
CREATE INDEX membership_of ON membership (hpr) WHERE until_at IS NULL;

CREATE TABLE course (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    course_group BYTEA NOT NULL REFERENCES course_group (id),
    title TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX course_of_group ON course (course_group);

-- day counts from 1970-01-01.
CREATE TABLE meeting (
    course BYTEA NOT NULL REFERENCES course (id),
    number BIGINT NOT NULL CHECK (number BETWEEN 1 AND 3),
    day BIGINT,
    place TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (course, number)
);

CREATE TABLE enrolment (
    course BYTEA NOT NULL REFERENCES course (id),
    hpr BIGINT NOT NULL,
    enrolled_at BIGINT NOT NULL,
    PRIMARY KEY (course, hpr)
);
CREATE INDEX enrolment_of ON enrolment (hpr);

-- A row says that somebody was there; no row says nothing.
CREATE TABLE attendance (
    course BYTEA NOT NULL,
    number BIGINT NOT NULL,
    hpr BIGINT NOT NULL,
    attended BIGINT NOT NULL CHECK (attended IN (0, 1)),
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (course, number, hpr),
    FOREIGN KEY (course, number) REFERENCES meeting (course, number),
    FOREIGN KEY (course, hpr) REFERENCES enrolment (course, hpr)
);

CREATE TABLE test_result (
    course BYTEA NOT NULL,
    hpr BIGINT NOT NULL,
    test TEXT COLLATE "C" NOT NULL,
    taken_at BIGINT NOT NULL,
    correct BIGINT NOT NULL CHECK (correct BETWEEN 0 AND questions),
    questions BIGINT NOT NULL CHECK (questions > 0),
    PRIMARY KEY (course, hpr, test, taken_at),
    FOREIGN KEY (course, hpr) REFERENCES enrolment (course, hpr)
);

-- One goal for each doctor and indicator; every version is kept until it is erased.
CREATE TABLE goal (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    hpr BIGINT NOT NULL,
    indicator TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (hpr, indicator)
);

-- target is in thousandths of the indicator's unit.
CREATE TABLE goal_version (
    goal BYTEA NOT NULL REFERENCES goal (id),
    version BIGINT NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    target BIGINT,
    plan TEXT COLLATE "C" NOT NULL,
    given_up BIGINT NOT NULL CHECK (given_up IN (0, 1)),
    set_at BIGINT NOT NULL,
    PRIMARY KEY (goal, version)
);

-- edition empty: all editions.
CREATE TABLE share (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    hpr BIGINT NOT NULL,
    audience TEXT COLLATE "C" NOT NULL CHECK (audience IN ('group', 'service')),
    reach TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C",
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX share_of ON share (hpr);
CREATE INDEX share_with ON share (audience, reach) WHERE withdrawn_at IS NULL;

-- month counts from 1970-01; empty month or count: of the whole period, all of them.
CREATE TABLE dispute (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    hpr BIGINT NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    indicator TEXT COLLATE "C",
    why TEXT COLLATE "C" NOT NULL CHECK (why IN ('locum', 'wrong_prescriber', 'other')),
    month BIGINT,
    rows BIGINT CHECK (rows > 0),
    words TEXT COLLATE "C" NOT NULL,
    opened_at BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'upheld', 'rejected', 'taken_back')),
    settled_by BYTEA REFERENCES person (id),
    settled_at BIGINT,
    reason TEXT COLLATE "C",
    version BIGINT NOT NULL,
    CHECK ((state = 'open') = (settled_at IS NULL)),
    CHECK (state NOT IN ('upheld', 'rejected') OR reason IS NOT NULL)
);
CREATE INDEX dispute_of ON dispute (hpr, edition);
CREATE INDEX dispute_state ON dispute (state, opened_at);

-- Who has opened or downloaded their own report of an edition.
CREATE TABLE fetched (
    hpr BIGINT NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    first_opened_at BIGINT,
    last_opened_at BIGINT,
    first_downloaded_at BIGINT,
    last_downloaded_at BIGINT,
    PRIMARY KEY (hpr, edition)
);
CREATE INDEX fetched_edition ON fetched (edition);

CREATE TABLE mailing (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    edition TEXT COLLATE "C" NOT NULL,
    notice TEXT COLLATE "C" NOT NULL CHECK (notice IN ('report_ready', 'report_waits')),
    made_by BYTEA NOT NULL REFERENCES person (id),
    made_at BIGINT NOT NULL
);
CREATE INDEX mailing_edition ON mailing (edition);

CREATE TABLE mailing_recipient (
    mailing BYTEA NOT NULL REFERENCES mailing (id),
    hpr BIGINT NOT NULL,
    result TEXT COLLATE "C" NOT NULL CHECK (result IN ('waits', 'sent', 'failed', 'no_address')),
    tried_at BIGINT,
    tries BIGINT NOT NULL,
    PRIMARY KEY (mailing, hpr),
    CHECK ((result = 'waits' AND tries = 0) = (tried_at IS NULL))
);
CREATE INDEX mailing_result ON mailing_recipient (mailing, result);

-- Editions of the portal. folder is a name, not a path; months count from 1970-01.
CREATE TABLE shelf (
    edition TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    folder TEXT COLLATE "C" NOT NULL,
    first_month BIGINT NOT NULL,
    last_month BIGINT NOT NULL CHECK (last_month >= first_month),
    published_by BYTEA REFERENCES person (id),
    published_at BIGINT NOT NULL,
    withdrawn_by BYTEA REFERENCES person (id),
    withdrawn_at BIGINT,
    reason TEXT COLLATE "C",
    CHECK (withdrawn_at IS NULL OR reason IS NOT NULL)
);

CREATE TABLE visit_waiver (
    hpr BIGINT NOT NULL,
    given_at BIGINT NOT NULL,
    taken_back_at BIGINT,
    words TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (hpr, given_at)
);
CREATE UNIQUE INDEX visit_waiver_now ON visit_waiver (hpr) WHERE taken_back_at IS NULL;
