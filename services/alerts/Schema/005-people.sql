ALTER TABLE shelter ADD COLUMN people_now INTEGER NULL;
ALTER TABLE shelter ADD COLUMN accessibility TEXT NULL;
ALTER TABLE shelter ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- Every status that staff ever set; rows never change.
CREATE TABLE shelter_report (
    id {{identity}},
    municipality TEXT NOT NULL,
    shelter_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    people_now INTEGER NULL,
    at BIGINT NOT NULL,
    reported_by TEXT NOT NULL
);
CREATE INDEX shelter_report_shelter ON shelter_report (municipality, shelter_id, id);

-- Times in which officers let residents report without an alert in force.
CREATE TABLE safety_check (
    id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    is_exercise BOOLEAN NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_by TEXT NOT NULL,
    closes_at BIGINT NOT NULL,
    closed_at BIGINT NULL,
    closed_by TEXT NULL
);
CREATE INDEX safety_check_town ON safety_check (municipality, closes_at);

-- What people said of themselves and of others. Texts are encrypted; secrets are keyed fingerprints.
CREATE TABLE safety_report (
    id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    key_fingerprint TEXT NOT NULL,
    body_fingerprint TEXT NOT NULL,
    code_fingerprint TEXT NOT NULL,
    secret_fingerprint TEXT NULL,
    is_exercise BOOLEAN NOT NULL,
    status TEXT NOT NULL,
    needs TEXT NOT NULL,
    urgency INTEGER NOT NULL,
    people_count INTEGER NOT NULL,
    shelter_id TEXT NULL,
    personal TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    asked_at BIGINT NULL,
    entered_by TEXT NULL,
    rescue TEXT NOT NULL,
    rescue_at BIGINT NULL,
    rescue_by TEXT NULL,
    version INTEGER NOT NULL
);
CREATE UNIQUE INDEX safety_report_key ON safety_report (municipality, key_fingerprint);
CREATE UNIQUE INDEX safety_report_code ON safety_report (municipality, code_fingerprint);
CREATE INDEX safety_report_secret ON safety_report (municipality, secret_fingerprint);
CREATE INDEX safety_report_rescue ON safety_report (municipality, is_exercise, status, rescue, urgency, asked_at);

-- What officers did about a call for help; rows never change and go with their report.
CREATE TABLE rescue_step (
    id {{identity}},
    municipality TEXT NOT NULL,
    report_id TEXT NOT NULL REFERENCES safety_report (id) ON DELETE CASCADE,
    rescue TEXT NOT NULL,
    at BIGINT NOT NULL,
    taken_by TEXT NOT NULL
);
CREATE INDEX rescue_step_report ON rescue_step (report_id);
