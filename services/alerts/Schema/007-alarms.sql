-- What officers must look at: a rule of a device, or its silence, from the raise to the clear. One is active per device and rule.
CREATE TABLE alarm (
    number {{identity}},
    municipality TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    device_id TEXT NOT NULL,
    device_name TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    hazard TEXT NULL,
    level INTEGER NULL,
    state TEXT NOT NULL,
    explanation TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    noticed_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    repeats INTEGER NOT NULL,
    acknowledged_at BIGINT NULL,
    acknowledged_by TEXT NULL,
    cleared_at BIGINT NULL,
    ended_at BIGINT NULL
);
CREATE UNIQUE INDEX alarm_id ON alarm (municipality, id);
CREATE UNIQUE INDEX alarm_active ON alarm (municipality, kind, device_id, rule_id) WHERE state <> 'Cleared';
CREATE INDEX alarm_list ON alarm (municipality, state, number);
CREATE INDEX alarm_source ON alarm (municipality, kind, device_id, rule_id, number);
CREATE INDEX alarm_old ON alarm (ended_at) WHERE ended_at IS NOT NULL;

-- Who did what to it and when; rows never change and go with their alarm.
CREATE TABLE alarm_step (
    id {{identity}},
    municipality TEXT NOT NULL,
    alarm_id TEXT NOT NULL,
    what TEXT NOT NULL,
    at BIGINT NOT NULL,
    taken_by TEXT NULL,
    note TEXT NULL
);
CREATE INDEX alarm_step_alarm ON alarm_step (municipality, alarm_id, id);

-- Whether an exercise also sounds sirens, and when the sirens and signs of a message were written down: those of before are not sounded now.
ALTER TABLE draft ADD COLUMN sirens BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE delivery_plan ADD COLUMN devices_at BIGINT NULL;
UPDATE delivery_plan SET devices_at = issued_at;
CREATE INDEX delivery_plan_devices ON delivery_plan (sequence) WHERE devices_at IS NULL;

-- Entries of feeds of CAP messages, over all towns, and how the feeds are: none is fetched twice, and none is lost between seen and done.
CREATE TABLE cap_entry (
    feed TEXT NOT NULL,
    id TEXT NOT NULL,
    updated BIGINT NOT NULL,
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    next_try BIGINT NOT NULL,
    done_at BIGINT NULL,
    explanation TEXT NOT NULL,
    PRIMARY KEY (feed, id, updated)
);
CREATE INDEX cap_entry_state ON cap_entry (state, next_try);
CREATE INDEX cap_entry_seen ON cap_entry (feed, seen_at);
CREATE TABLE cap_feed (
    address TEXT PRIMARY KEY,
    e_tag TEXT NULL,
    last_modified TEXT NULL,
    read_at BIGINT NULL,
    failures INTEGER NOT NULL,
    next_try BIGINT NULL,
    fault TEXT NULL
);
