-- An alert of another authority has no Japanese alert level. Neither database needs the table built anew for that.
ALTER TABLE alert_chain RENAME COLUMN level TO level_before;
ALTER TABLE alert_chain ADD COLUMN level INTEGER NULL;
UPDATE alert_chain SET level = level_before;
ALTER TABLE alert_chain DROP COLUMN level_before;
ALTER TABLE alert_chain ADD COLUMN status TEXT NOT NULL DEFAULT 'Actual';
ALTER TABLE alert_chain ADD COLUMN origin TEXT NULL;
ALTER TABLE alert_chain ADD COLUMN held_level INTEGER NULL;

-- The identifier that another sender gave a message; null: the message's id is its identifier.
ALTER TABLE alert_message ADD COLUMN identifier TEXT NULL;

-- Drafts of drills, of a part of the town, and of changes to an alert in force.
ALTER TABLE draft ADD COLUMN cap_status TEXT NOT NULL DEFAULT 'Actual';
ALTER TABLE draft ADD COLUMN area TEXT NULL;
ALTER TABLE draft ADD COLUMN updates TEXT NULL;

-- Every CAP message of another authority that was taken, shown or not.
CREATE TABLE foreign_message (
    municipality TEXT NOT NULL,
    sender TEXT NOT NULL,
    identifier TEXT NOT NULL,
    sent BIGINT NOT NULL,
    id TEXT NOT NULL,
    alert_id TEXT NULL,
    status TEXT NOT NULL,
    msg_type TEXT NOT NULL,
    scope TEXT NOT NULL,
    outcome TEXT NOT NULL,
    cap_xml TEXT NOT NULL,
    facts_hash TEXT NOT NULL,
    notices TEXT NOT NULL,
    imported_by TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (municipality, sender, identifier, sent)
);
CREATE UNIQUE INDEX foreign_message_id ON foreign_message (id);
CREATE INDEX foreign_message_alert ON foreign_message (municipality, alert_id);

-- Which messages an Update or Cancel replaces, known or not yet: one that comes later than what replaces it is never shown.
CREATE TABLE foreign_reference (
    municipality TEXT NOT NULL,
    sender TEXT NOT NULL,
    identifier TEXT NOT NULL,
    sent BIGINT NOT NULL,
    by_id TEXT NOT NULL,
    PRIMARY KEY (municipality, sender, identifier, sent, by_id)
) {{without-rowid}};
