-- What a town wants each of its devices to be, and what the device says it is. The version counts changes of the first.
CREATE TABLE device_twin (
    municipality TEXT NOT NULL,
    device TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 0,
    desired TEXT NOT NULL,
    desired_at BIGINT,
    desired_by TEXT,
    published_version BIGINT NOT NULL DEFAULT 0,
    reported TEXT,
    reported_at BIGINT,
    reported_version BIGINT,
    PRIMARY KEY (municipality, device)
);

CREATE INDEX device_twin_unpublished ON device_twin (municipality, device) WHERE published_version < version;

-- Who changed what is wanted, and when.
CREATE TABLE twin_change (
    id {{identity}},
    municipality TEXT NOT NULL,
    device TEXT NOT NULL,
    version BIGINT NOT NULL,
    patch TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    UNIQUE (municipality, device, version)
);

-- The row is the command and its own outgoing message: queued and due while send_at is set, open while open_until is.
CREATE TABLE device_command (
    id {{identity}},
    municipality TEXT NOT NULL,
    command_id TEXT NOT NULL UNIQUE,
    device TEXT NOT NULL,
    name TEXT NOT NULL,
    arguments TEXT NOT NULL,
    status TEXT NOT NULL,
    second_person BIGINT NOT NULL,
    expires_in_seconds BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    request_key TEXT,
    request_hash TEXT,
    approve_until BIGINT,
    decided_at BIGINT,
    decided_by TEXT,
    expires_at BIGINT,
    send_at BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    sent_at BIGINT,
    open_until BIGINT,
    finished_at BIGINT,
    message TEXT,
    UNIQUE (municipality, device, created_by, request_key)
);

CREATE INDEX device_command_of_device ON device_command (municipality, device, id);

CREATE INDEX device_command_due ON device_command (send_at) WHERE send_at IS NOT NULL;

CREATE INDEX device_command_open ON device_command (open_until) WHERE open_until IS NOT NULL;

-- What became of each command, by whom and when. Nothing here is ever changed.
CREATE TABLE command_event (
    id {{identity}},
    municipality TEXT NOT NULL,
    command_id TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    what TEXT NOT NULL,
    actor TEXT NOT NULL,
    subject TEXT,
    note TEXT
);

CREATE INDEX command_event_of_command ON command_event (command_id, id);
