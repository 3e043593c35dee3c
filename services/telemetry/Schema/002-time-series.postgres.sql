-- What was committed and has not settled: one row a batch, whatever its size. As arrays a batch costs a hundredth of the rows to
-- append and to take away again, and leaves the vacuum next to nothing.
CREATE TABLE reading_pending (
    id {{identity}},
    readings BIGINT NOT NULL,
    months BIGINT[] NOT NULL,
    series_id BIGINT[] NOT NULL,
    t BIGINT[] NOT NULL,
    value DOUBLE PRECISION[] NOT NULL,
    received_at BIGINT[] NOT NULL
);

-- Compressing it would take longer than it stays.
ALTER TABLE reading_pending
    ALTER COLUMN series_id SET STORAGE EXTERNAL,
    ALTER COLUMN t SET STORAGE EXTERNAL,
    ALTER COLUMN value SET STORAGE EXTERNAL,
    ALTER COLUMN received_at SET STORAGE EXTERNAL;

-- Readings that have settled, a partition a month; what is of no month that has one is in the last partition.
ALTER TABLE reading RENAME TO reading_before_partitions;
ALTER INDEX reading_pkey RENAME TO reading_before_partitions_pkey;

CREATE TABLE reading (
    series_id BIGINT NOT NULL,
    t BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (series_id, t)
) PARTITION BY RANGE (t);

CREATE TABLE reading_other PARTITION OF reading DEFAULT;

-- Makes the partition of the month, as Japan counts it, that a time in microseconds since 1970 is in; once is enough. Attached
-- rather than made in place, so that nobody has to stop reading and writing the other partitions.
CREATE FUNCTION make_reading_partition(at BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    month TIMESTAMP := date_trunc('month', TIMESTAMP '1970-01-01 09:00' + at * INTERVAL '1 microsecond');
    first BIGINT := extract(EPOCH FROM month - INTERVAL '9 hours') * 1000000;
    next BIGINT := extract(EPOCH FROM month + INTERVAL '1 month' - INTERVAL '9 hours') * 1000000;
    name TEXT := 'reading_' || to_char(month, 'YYYY_MM');
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN;
    END IF;
    -- One at a time; attaching wants this lock anyway.
    LOCK TABLE reading_other IN ACCESS EXCLUSIVE MODE;
    IF to_regclass(name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE reading INCLUDING INDEXES)', name);
        EXECUTE format('ALTER TABLE reading ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', name, first, next);
    END IF;
END
$$;

-- Drops the partitions of whole months before a time that hold no reading any more.
CREATE FUNCTION drop_empty_reading_partitions(before BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    month TEXT := 'reading_' || to_char(TIMESTAMP '1970-01-01 09:00' + before * INTERVAL '1 microsecond', 'YYYY_MM');
    name TEXT;
    has_readings BOOLEAN;
BEGIN
    FOR name IN
        SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent = 'reading'::regclass AND relname LIKE 'reading\_____\___' AND relname < month
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO has_readings;
        IF NOT has_readings THEN
            EXECUTE format('LOCK TABLE reading, %I IN ACCESS EXCLUSIVE MODE', name);
            -- A late reading may have come before the lock.
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO has_readings;
            IF NOT has_readings THEN
                EXECUTE format('DROP TABLE %I', name);
            END IF;
        END IF;
    END LOOP;
END
$$;

-- Roll-ups of what has settled. Room in each page lets a row change in place, without its index.
CREATE TABLE rollup (
    series_id BIGINT NOT NULL,
    width_seconds BIGINT NOT NULL,
    bucket BIGINT NOT NULL,
    count BIGINT NOT NULL,
    minimum DOUBLE PRECISION NOT NULL,
    maximum DOUBLE PRECISION NOT NULL,
    sum DOUBLE PRECISION NOT NULL,
    last_t BIGINT NOT NULL,
    last_value DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (series_id, width_seconds, bucket)
) WITH (fillfactor = 70);

ALTER TABLE series SET (fillfactor = 70);
ALTER TABLE device_state SET (fillfactor = 70);
ALTER TABLE sensor_state SET (fillfactor = 70);

-- Counts are written with their batch: the generation, which the other database needs, stays 0.
ALTER TABLE device_state ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device_state ADD COLUMN clock_skew_microseconds BIGINT;

-- Readings of the first version, with their roll-ups. Widths and where their buckets begin: TimeSeries/Resolution.cs.
SELECT make_reading_partition(first_t) FROM (
    SELECT min(t) AS first_t FROM reading_before_partitions
    WHERE t >= extract(EPOCH FROM now() - INTERVAL '10 years') * 1000000
    GROUP BY date_trunc('month', TIMESTAMP '1970-01-01 09:00' + t * INTERVAL '1 microsecond')
) months;

INSERT INTO reading (series_id, t, value, received_at) SELECT series_id, t, value, received_at FROM reading_before_partitions;

INSERT INTO rollup (series_id, width_seconds, bucket, count, minimum, maximum, sum, last_t, last_value)
SELECT series_id, width, ((t + shift) - ((t + shift) % width_microseconds + width_microseconds) % width_microseconds) / width_microseconds AS bucket,
    count(*), min(value), max(value), sum(value), max(t), (max(ARRAY[t, value]))[2]
FROM reading_before_partitions, (VALUES (60, 60000000, 0), (600, 600000000, 0), (3600, 3600000000, 0), (86400, 86400000000, 32400000000)) AS kept (width, width_microseconds, shift)
GROUP BY series_id, width, bucket;

DROP TABLE reading_before_partitions;
