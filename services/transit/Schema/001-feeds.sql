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

-- Every version of every feed that was taken; at most one of a feed is live.
CREATE TABLE feed_version (
    municipality TEXT NOT NULL,
    version TEXT NOT NULL,
    feed TEXT NOT NULL,
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    is_live BOOLEAN NOT NULL,
    is_kept BOOLEAN NOT NULL,
    imported_at BIGINT NOT NULL,
    imported_by TEXT NULL,
    origin TEXT NOT NULL,
    live_since BIGINT NULL,
    summary TEXT NOT NULL,
    notices TEXT NOT NULL,
    PRIMARY KEY (municipality, version)
) {{without-rowid}};
CREATE UNIQUE INDEX feed_version_live ON feed_version (municipality, feed) WHERE is_live;
CREATE INDEX feed_version_imported ON feed_version (municipality, imported_at);

-- The zip as it came.
CREATE TABLE feed_content (
    municipality TEXT NOT NULL,
    version TEXT NOT NULL,
    zip {{blob}} NOT NULL,
    PRIMARY KEY (municipality, version)
);

-- What of a town's manifest was taken last, so that it is not taken again over what staff handed in since.
CREATE TABLE manifest_feed (
    municipality TEXT NOT NULL,
    feed TEXT NOT NULL,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (municipality, feed)
) {{without-rowid}};
