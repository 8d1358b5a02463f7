-- One row: one person of the staff who may also sign in with a password and a code. The password as its Argon2 hash, the
-- secret of the authenticator sealed with the key that is in no database. A code counts once: `last_step` is its time.
CREATE TABLE passwords (
    person TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    nonce TEXT NOT NULL,
    sealed TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    closed_until BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
