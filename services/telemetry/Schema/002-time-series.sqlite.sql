-- What was committed and is not yet in the chunks: one row a batch. Rows of a generation go when all of it is in the chunks.
CREATE TABLE reading_journal (
    id {{identity}},
    generation BIGINT NOT NULL,
    data {{blob}} NOT NULL
);

-- Points of one series and a span of time; spans of a series do not overlap. Format: TimeSeries/ChunkCodec.cs.
CREATE TABLE reading_chunk (
    series_id BIGINT NOT NULL,
    start_t BIGINT NOT NULL,
    end_t BIGINT NOT NULL,
    points BIGINT NOT NULL,
    data {{blob}} NOT NULL,
    PRIMARY KEY (series_id, start_t)
) {{without-rowid}};

-- Roll-ups of one series and resolution over a span of buckets. Format: TimeSeries/RollupCodec.cs.
CREATE TABLE rollup_chunk (
    series_id BIGINT NOT NULL,
    width_seconds BIGINT NOT NULL,
    span BIGINT NOT NULL,
    data {{blob}} NOT NULL,
    PRIMARY KEY (series_id, width_seconds, span)
) {{without-rowid}};

-- Counts of a generation are added once, though its journal may be read again after a crash.
ALTER TABLE device_state ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device_state ADD COLUMN clock_skew_microseconds BIGINT;

-- Readings of the first version, moved into chunks when the service starts.
ALTER TABLE reading RENAME TO reading_before_chunks;
