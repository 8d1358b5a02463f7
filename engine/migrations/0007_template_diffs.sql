-- One row: what changed from one published text to the next of the same file, in lines; which versions of which file
-- they were says the agency's stream. Nobody's personal data.
CREATE TABLE template_diffs (
    before_sha256 TEXT NOT NULL,
    after_sha256 TEXT NOT NULL,
    diff TEXT NOT NULL,
    stored_at BIGINT NOT NULL,
    PRIMARY KEY (before_sha256, after_sha256)
);
