-- A key of a device, known by its hash. A row stays when its key is revoked: it says who did it, and tells those who
-- follow the changes.
CREATE TABLE device_key (
    municipality TEXT NOT NULL,
    device TEXT NOT NULL,
    key_id TEXT NOT NULL,
    sha256 {{blob}} NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NULL,
    revoked_by TEXT NULL,
    revoked_at BIGINT NULL,
    request_id TEXT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (municipality, device, key_id)
);
CREATE INDEX device_key_version ON device_key (version);
