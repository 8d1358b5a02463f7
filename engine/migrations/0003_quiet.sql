-- A message to a client that waits for the end of the quiet hours (TG-52); 0: it does not.
ALTER TABLE outbox ADD COLUMN quiet_until BIGINT NOT NULL DEFAULT 0;
