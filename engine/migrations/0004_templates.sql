-- One row: one text that a template, form or message file has had; which version of which file it was says the
-- agency's stream. Nobody's personal data.
CREATE TABLE template_texts (
    sha256 TEXT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL,
    stored_at BIGINT NOT NULL
);
