-- One row per device and metric: readings refer to it by number, which keeps the hot table small.
CREATE TABLE series (
    id {{identity}},
    municipality TEXT NOT NULL,
    device TEXT NOT NULL,
    metric TEXT NOT NULL,
    last_t BIGINT,
    last_value {{real}},
    UNIQUE (municipality, device, metric)
);

-- The primary key drops duplicates by device, metric and time.
CREATE TABLE reading (
    series_id BIGINT NOT NULL,
    t BIGINT NOT NULL,
    value {{real}} NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (series_id, t)
) {{without-rowid}};

CREATE TABLE device_state (
    municipality TEXT NOT NULL,
    device TEXT NOT NULL,
    last_seen BIGINT,
    connection_status TEXT,
    accepted_count BIGINT NOT NULL DEFAULT 0,
    refused_count BIGINT NOT NULL DEFAULT 0,
    last_error_code TEXT,
    last_error_message TEXT,
    last_error_at BIGINT,
    PRIMARY KEY (municipality, device)
);

-- State of the rules of one device, written with the readings that led to it.
CREATE TABLE sensor_state (
    municipality TEXT NOT NULL,
    device TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (municipality, device)
);

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
);
