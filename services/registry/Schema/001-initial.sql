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

-- One row: the version of the newest change of any municipality.
CREATE TABLE registry_version (
    id INTEGER PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO registry_version (id, value) VALUES (1, 0);

-- One row per municipality; a removed one stays as a mark for those who follow the changes.
CREATE TABLE municipality (
    municipality TEXT PRIMARY KEY,
    manifest TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    is_removed BOOLEAN NOT NULL
) {{without-rowid}};
CREATE INDEX municipality_version ON municipality (version);

-- What somebody asked for, what it would do, and what became of it. Never deleted.
CREATE TABLE change_request (
    id {{identity}},
    municipality TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    manifest TEXT NOT NULL,
    plan TEXT NOT NULL,
    allow_destroy BOOLEAN NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by TEXT NULL,
    decided_at BIGINT NULL,
    reason TEXT NULL,
    version BIGINT NULL
);
CREATE INDEX change_request_municipality ON change_request (municipality, id);

-- Files that manifests name, by what they hold.
CREATE TABLE stored_file (
    municipality TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content {{blob}} NOT NULL,
    uploaded_by TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (municipality, sha256)
);
