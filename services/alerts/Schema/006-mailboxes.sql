-- A mailbox that nobody confirmed reserves nothing: only addresses in use are there once.
DROP INDEX subscription_address_fingerprint;
CREATE UNIQUE INDEX subscription_address_in_use ON subscription_address (municipality, fingerprint) WHERE confirmed_at IS NOT NULL;
CREATE INDEX subscription_address_fingerprint ON subscription_address (municipality, fingerprint);
