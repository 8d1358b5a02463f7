-- One row: what a client gave us to get in somewhere, sealed with a key that is not in this database. Gone with the
-- end of its project; `sealed` is base64 of the ciphertext, `nonce` belongs to it.
CREATE TABLE secrets (
    project TEXT NOT NULL,
    item TEXT NOT NULL,
    nonce TEXT NOT NULL,
    sealed TEXT NOT NULL,
    stored_at BIGINT NOT NULL,
    PRIMARY KEY (project, item)
);

-- Whether the client has typed any of it: the staff hand in no unfinished words of a client unasked.
ALTER TABLE form_drafts ADD COLUMN by_client BIGINT NOT NULL DEFAULT 1;
