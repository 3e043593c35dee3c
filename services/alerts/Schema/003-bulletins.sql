-- What every bulletin of the Japan Meteorological Agency meant for a town, published or not.
CREATE TABLE jma_bulletin (
    municipality TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    head_title TEXT NOT NULL,
    event_id TEXT NOT NULL,
    serial TEXT NOT NULL,
    info_type TEXT NOT NULL,
    status TEXT NOT NULL,
    office TEXT NOT NULL,
    chain TEXT NOT NULL,
    reported_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    received_from TEXT NOT NULL,
    concerns BOOLEAN NOT NULL,
    outcome TEXT NOT NULL,
    explanation TEXT NOT NULL,
    alert_id TEXT NULL,
    message_id TEXT NULL,
    content {{blob}} NULL,
    decided_by TEXT NULL,
    PRIMARY KEY (municipality, id)
);
CREATE INDEX jma_bulletin_chain ON jma_bulletin (municipality, chain, reported_at);
CREATE INDEX jma_bulletin_time ON jma_bulletin (municipality, received_at);
CREATE INDEX jma_bulletin_kind ON jma_bulletin (municipality, kind, reported_at);

-- Entries of the agency's feeds, over all towns: none is fetched twice, and none is lost between seen and done.
CREATE TABLE jma_entry (
    id TEXT PRIMARY KEY,
    feed TEXT NOT NULL,
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    updated BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    next_try BIGINT NOT NULL,
    done_at BIGINT NULL,
    explanation TEXT NOT NULL
);
CREATE INDEX jma_entry_state ON jma_entry (state, next_try);
CREATE INDEX jma_entry_seen ON jma_entry (seen_at);

-- What the feeds said about themselves when they were last read, and the subscriptions for their pushes.
CREATE TABLE jma_feed (
    address TEXT PRIMARY KEY,
    e_tag TEXT NULL,
    last_modified TEXT NULL,
    read_at BIGINT NULL,
    push_state TEXT NOT NULL,
    push_until BIGINT NULL,
    push_asked_at BIGINT NULL
);
