-- What an update of another authority names is found by sender and time, among the messages of years.
CREATE INDEX alert_message_sender ON alert_message (municipality, sender, sent);
