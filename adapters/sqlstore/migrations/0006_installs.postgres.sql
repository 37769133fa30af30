-- +goose Up
-- Where a bot was installed, and with what: a text of its adapter's, in which secrets are sealed. Each version has a
-- name of its own, which never comes again.
CREATE TABLE installs (
    tenant  text COLLATE "C" NOT NULL PRIMARY KEY,
    body    text   NOT NULL,
    version text   NOT NULL
);

ALTER TABLE installs ENABLE ROW LEVEL SECURITY;
ALTER TABLE installs FORCE ROW LEVEL SECURITY;
CREATE POLICY installs_own ON installs USING (tenant || '' = current_setting('whosays.tenant', true));
CREATE POLICY installs_across ON installs FOR SELECT USING (current_setting('whosays.across', true) = 'yes');

-- What was said where no tenant is, is found by where it was said, compared byte by byte.
ALTER TABLE deliveries ALTER COLUMN address TYPE text COLLATE "C";
CREATE INDEX deliveries_nobodys ON deliveries (address) WHERE tenant = '';
