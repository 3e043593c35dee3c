-- Pages that were connected to the node which issued a message; null where nobody counted.
ALTER TABLE stream_event ADD COLUMN open_pages INTEGER NULL;

-- When what made a message or a draft happened, and when this service learned of it. Rows never change.
CREATE TABLE alert_trace (
    subject_id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    reached_at BIGINT NOT NULL
) {{without-rowid}};

-- A drill: who planned it, who approved it, what became of it, and its report as it was made.
CREATE TABLE drill (
    id TEXT PRIMARY KEY,
    municipality TEXT NOT NULL,
    name TEXT NOT NULL,
    hazard TEXT NOT NULL,
    state TEXT NOT NULL,
    area TEXT NULL,
    expires_after_seconds {{real}} NOT NULL,
    sirens BOOLEAN NOT NULL,
    safety_check BOOLEAN NOT NULL,
    stop_on_actual BOOLEAN NOT NULL,
    starts_at BIGINT NULL,
    planned_at BIGINT NOT NULL,
    planned_by TEXT NOT NULL,
    decided_at BIGINT NULL,
    decided_by TEXT NULL,
    started_at BIGINT NULL,
    ended_at BIGINT NULL,
    ended_by TEXT NULL,
    ended_why TEXT NULL,
    reason TEXT NULL,
    alert_id TEXT NULL,
    safety_check_id TEXT NULL,
    report TEXT NULL,
    reported_at BIGINT NULL
) {{without-rowid}};
CREATE INDEX drill_town ON drill (municipality, planned_at);
CREATE INDEX drill_open ON drill (state) WHERE ended_at IS NULL OR reported_at IS NULL;

-- The steps of a drill; each is done once, in the transaction that writes it down here.
CREATE TABLE drill_step (
    drill_id TEXT NOT NULL REFERENCES drill (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    after_seconds {{real}} NOT NULL,
    level INTEGER NULL,
    info TEXT NOT NULL,
    state TEXT NOT NULL,
    at BIGINT NULL,
    message_id TEXT NULL,
    why TEXT NULL,
    late_seconds {{real}} NULL,
    PRIMARY KEY (drill_id, number)
) {{without-rowid}};
