-- Quiet hours (TG-52): the zone in which a message to a client may not go out at night; null: it goes at any hour.
ALTER TABLE outbox ADD COLUMN quiet_zone TEXT;
-- The end of the night in which it was found waiting; 0: none yet.
ALTER TABLE outbox ADD COLUMN quiet_until BIGINT NOT NULL DEFAULT 0;
