-- The browser that asked for a link, as the hash of what it was given then; empty: nobody's browser asked (the command
-- line hands the link out), and any may take it.
ALTER TABLE sign_in_links ADD COLUMN browser_sha256 TEXT;
