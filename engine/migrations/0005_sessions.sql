-- One row: one link by which a person of the staff signs in; of its token only the hash is known. Taken once.
CREATE TABLE sign_in_links (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX sign_in_links_person ON sign_in_links (person, created_at);
-- One row: one browser in which a person is signed in. Whoever leaves is signed out by deleting rows.
CREATE TABLE sessions (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);
