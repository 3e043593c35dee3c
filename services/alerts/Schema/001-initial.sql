CREATE TABLE outbox_event (
    id {{identity}},
    event_id TEXT NOT NULL UNIQUE,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE inbox_event (
    event_id TEXT PRIMARY KEY,
    received_at BIGINT NOT NULL
) {{without-rowid}};

-- One row per rule and device: the newest transition that was applied.
CREATE TABLE rule_state (
    municipality TEXT NOT NULL,
    device_id TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    hazard TEXT NOT NULL,
    level INTEGER NOT NULL,
    expires_after_seconds {{real}} NOT NULL,
    is_raised BOOLEAN NOT NULL,
    standing TEXT NOT NULL,
    at BIGINT NOT NULL,
    transition TEXT NOT NULL,
    PRIMARY KEY (municipality, device_id, rule_id)
) {{without-rowid}};

-- One row per chain of CAP messages: Alert, Updates, and at most one Cancel.
CREATE TABLE alert_chain (
    alert_id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    source TEXT NOT NULL,
    hazard TEXT NOT NULL,
    level INTEGER NOT NULL,
    newest_message_id TEXT NOT NULL,
    expires BIGINT NOT NULL,
    cancelled_at BIGINT NULL
) {{without-rowid}};
CREATE INDEX alert_chain_source ON alert_chain (municipality, source, hazard);
CREATE INDEX alert_chain_expires ON alert_chain (municipality, expires);

-- Every CAP message as it was sent; rows never change.
CREATE TABLE alert_message (
    id TEXT PRIMARY KEY,
    alert_id TEXT NOT NULL REFERENCES alert_chain (alert_id),
    municipality TEXT NOT NULL,
    sender TEXT NOT NULL,
    msg_type TEXT NOT NULL,
    sent BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    alert_view TEXT NOT NULL,
    cap_xml TEXT NOT NULL,
    issued_by TEXT NULL,
    reason TEXT NULL
);
CREATE INDEX alert_message_chain ON alert_message (alert_id);

-- What the streams send, in order.
CREATE TABLE stream_event (
    sequence {{identity}},
    municipality TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE REFERENCES alert_message (id),
    alert_id TEXT NOT NULL,
    msg_type TEXT NOT NULL,
    expires BIGINT NOT NULL,
    payload TEXT NOT NULL
);
CREATE INDEX stream_event_town ON stream_event (municipality, sequence);
CREATE INDEX stream_event_expires ON stream_event (expires);

CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    status TEXT NOT NULL,
    level INTEGER NOT NULL,
    hazard TEXT NOT NULL,
    expires_after_seconds {{real}} NOT NULL,
    device_id TEXT NULL,
    rule_id TEXT NULL,
    explanation TEXT NULL,
    info TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NULL,
    decided_at BIGINT NULL,
    decided_by TEXT NULL,
    reason TEXT NULL,
    alert_id TEXT NULL
);
CREATE INDEX draft_town ON draft (municipality, status, created_at);

CREATE TABLE shelter (
    municipality TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    latitude_degrees {{real}} NOT NULL,
    longitude_degrees {{real}} NOT NULL,
    hazards TEXT NOT NULL,
    capacity INTEGER NULL,
    status TEXT NOT NULL,
    status_as_of BIGINT NULL,
    status_by TEXT NULL,
    PRIMARY KEY (municipality, id)
) {{without-rowid}};
