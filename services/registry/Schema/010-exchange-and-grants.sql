-- The exchange log: each row holds the hash of the one before it. Never changed, never deleted.
CREATE TABLE exchange_record (
    sequence BIGINT PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    municipality TEXT NOT NULL,
    actor_municipality TEXT NOT NULL,
    subject TEXT NULL,
    recorded_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX exchange_record_municipality ON exchange_record (municipality, sequence);
CREATE INDEX exchange_record_actor_municipality ON exchange_record (actor_municipality, sequence);
CREATE INDEX exchange_record_subject ON exchange_record (subject, sequence);
CREATE INDEX exchange_record_recorded_at ON exchange_record (recorded_at);

-- One signed seal for each day that had records.
CREATE TABLE exchange_seal (
    number BIGINT PRIMARY KEY,
    last_sequence BIGINT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL
);

-- Public keys that ever sealed.
CREATE TABLE exchange_key (
    id TEXT PRIMARY KEY,
    public_key_pem TEXT NOT NULL,
    first_used_at BIGINT NOT NULL
);

-- Who may act for whom. Revoked ones stay: they say what was allowed when.
CREATE TABLE person_grant (
    id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    scopes TEXT NOT NULL,
    purpose TEXT NOT NULL,
    evidence TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT NULL,
    revoked_by TEXT NULL
);
CREATE INDEX person_grant_actor ON person_grant (actor, subject);
CREATE INDEX person_grant_municipality ON person_grant (municipality, created_at);
