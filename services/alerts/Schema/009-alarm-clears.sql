-- Ends of alarms whose begin had not come yet: a begin that is older than its end raises nothing.
CREATE TABLE alarm_clear (
    municipality TEXT NOT NULL,
    kind TEXT NOT NULL,
    device_id TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (municipality, kind, device_id, rule_id)
);
CREATE INDEX alarm_clear_old ON alarm_clear (noted_at);
