-- What vehicles took between the stops of a town, by hour and kind of day: one row for each town, packed, replaced every few minutes.
CREATE TABLE learned_times (
    municipality TEXT PRIMARY KEY,
    saved_at BIGINT NOT NULL,
    packed {{blob}} NOT NULL
);
