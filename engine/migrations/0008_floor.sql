-- The highest message id that was known when it was sent last: its own id is higher, so a lost one is looked for above it.
ALTER TABLE outbox ADD COLUMN floor_mid BIGINT NOT NULL DEFAULT 0;
