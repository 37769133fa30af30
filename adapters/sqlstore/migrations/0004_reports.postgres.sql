-- +goose Up
-- Mistakes that were reported: what is said to be wrong with which claims, and nothing of who said so.
CREATE TABLE reports (
    tenant text COLLATE "C" NOT NULL,
    id     text COLLATE "C" NOT NULL,
    at     bigint NOT NULL,
    lang   text   NOT NULL,
    note   text   NOT NULL,
    claims text   NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX reports_at ON reports (tenant, at, id);

ALTER TABLE reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports FORCE ROW LEVEL SECURITY;
CREATE POLICY reports_own ON reports USING (tenant || '' = current_setting('whosays.tenant', true));
