-- When a message was issued, finer than CAP's whole seconds: what deliveries are measured from.
ALTER TABLE stream_event ADD COLUMN issued_at BIGINT NULL;

-- Who wants to be told. No name, no account, and no place but a district.
CREATE TABLE subscription (
    id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    secret_hash TEXT NULL,
    languages TEXT NOT NULL,
    minimum_level INTEGER NOT NULL,
    hazards TEXT NULL,
    district TEXT NULL,
    drills BOOLEAN NOT NULL,
    is_test_recipient BOOLEAN NOT NULL,
    pending TEXT NULL,
    created_at BIGINT NOT NULL
) {{without-rowid}};
CREATE INDEX subscription_town ON subscription (municipality, id);

-- A subscription's addresses, the one to try first with the lowest rank. The address itself is encrypted.
CREATE TABLE subscription_address (
    subscription_id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    channel TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    address TEXT NOT NULL,
    masked TEXT NOT NULL,
    confirmed_at BIGINT NULL,
    confirm_hash TEXT NULL,
    confirm_at BIGINT NULL,
    confirm_tries INTEGER NOT NULL,
    confirm_until BIGINT NULL,
    PRIMARY KEY (subscription_id, rank)
) {{without-rowid}};
CREATE UNIQUE INDEX subscription_address_fingerprint ON subscription_address (municipality, fingerprint);
CREATE INDEX subscription_address_confirm ON subscription_address (confirm_hash) WHERE confirm_hash IS NOT NULL;
CREATE INDEX subscription_address_unconfirmed ON subscription_address (confirm_until) WHERE confirm_until IS NOT NULL;

-- One row per message that is to be delivered, in the order in which messages follow one another.
CREATE TABLE delivery_plan (
    sequence {{identity}},
    municipality TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    alert_id TEXT NOT NULL,
    stream_sequence BIGINT NULL,
    msg_type TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    payload TEXT NOT NULL,
    is_self_test BOOLEAN NOT NULL,
    planned_to TEXT NOT NULL,
    planned_at BIGINT NULL
);
CREATE INDEX delivery_plan_chain ON delivery_plan (alert_id, sequence);
CREATE INDEX delivery_plan_stream ON delivery_plan (stream_sequence) WHERE stream_sequence IS NOT NULL;
CREATE INDEX delivery_plan_open ON delivery_plan (planned_at) WHERE planned_at IS NULL;

-- The ledger: one row per message and person. next_at is when something is to be done about it (a try, or the end of a
-- lease), null when nothing is.
CREATE TABLE delivery (
    sequence BIGINT NOT NULL,
    subscription_id TEXT NOT NULL,
    municipality TEXT NOT NULL,
    channel TEXT NOT NULL,
    rank INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at BIGINT NULL,
    lease TEXT NULL,
    why TEXT NULL,
    maybe_arrived BOOLEAN NOT NULL,
    queued_at BIGINT NOT NULL,
    settled_at BIGINT NULL,
    PRIMARY KEY (sequence, subscription_id)
) {{without-rowid}};
CREATE INDEX delivery_due ON delivery (channel, next_at) WHERE next_at IS NOT NULL;

-- Proofs that every channel works, one a month and those that an officer asked for.
CREATE TABLE self_test (
    id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    started_by TEXT NULL,
    message_id TEXT NOT NULL,
    expires BIGINT NOT NULL,
    is_reported BOOLEAN NOT NULL
) {{without-rowid}};
CREATE INDEX self_test_town ON self_test (municipality, started_at);
