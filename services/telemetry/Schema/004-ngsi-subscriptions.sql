-- NGSI-LD subscriptions: who is told of which changes, and what they were told last.
CREATE TABLE ngsi_subscription (
    municipality TEXT NOT NULL,
    id TEXT NOT NULL,
    definition TEXT NOT NULL,
    seen TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL,
    times_sent BIGINT NOT NULL,
    times_failed BIGINT NOT NULL,
    failures_in_a_row BIGINT NOT NULL,
    last_notification BIGINT,
    last_success BIGINT,
    last_failure BIGINT,
    last_fault TEXT,
    next_attempt_at BIGINT,
    leased_until BIGINT,
    PRIMARY KEY (municipality, id)
);
