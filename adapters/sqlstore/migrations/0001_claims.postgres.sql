-- +goose Up
-- Times are microseconds since 1970. Text is ordered by its bytes, as in SQLite.
CREATE TABLE heads (
    tenant   text COLLATE "C" NOT NULL PRIMARY KEY,
    revision bigint NOT NULL,
    hash     text   NOT NULL,
    at       bigint NOT NULL
);

CREATE TABLE changes (
    tenant   text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    action   text   NOT NULL,
    actor    text   NOT NULL,
    reason   text   NOT NULL,
    at       bigint NOT NULL,
    hash     text   NOT NULL,
    PRIMARY KEY (tenant, revision)
);

-- The body is kept byte by byte: the hash of its change is over it.
CREATE TABLE versions (
    tenant   text COLLATE "C" NOT NULL,
    id       text COLLATE "C" NOT NULL,
    version  bigint NOT NULL,
    revision bigint NOT NULL,
    kind     text   NOT NULL,
    body     text   NOT NULL,
    PRIMARY KEY (tenant, id, version)
);

CREATE INDEX versions_revision ON versions (tenant, revision, id);

-- Rows of another tenant aren't there, for the owner neither. The setting is local to a transaction. Heads are read by
-- all, in one statement without a transaction: they say how many changes there are, and nothing of what is in them.
ALTER TABLE heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE heads FORCE ROW LEVEL SECURITY;
ALTER TABLE changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE changes FORCE ROW LEVEL SECURITY;
ALTER TABLE versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE versions FORCE ROW LEVEL SECURITY;

-- An expression, not the column: the index is left to what a query looks for, instead of a look at all that may be seen.
CREATE POLICY heads_read ON heads FOR SELECT USING (true);
CREATE POLICY heads_add ON heads FOR INSERT WITH CHECK (tenant = current_setting('whosays.tenant', true));
CREATE POLICY heads_move ON heads FOR UPDATE USING (tenant = current_setting('whosays.tenant', true));
CREATE POLICY changes_read ON changes FOR SELECT USING (tenant || '' IN ('', current_setting('whosays.tenant', true)));
CREATE POLICY changes_add ON changes FOR INSERT WITH CHECK (tenant = current_setting('whosays.tenant', true));
CREATE POLICY versions_read ON versions FOR SELECT USING (tenant || '' IN ('', current_setting('whosays.tenant', true)));
CREATE POLICY versions_add ON versions FOR INSERT WITH CHECK (tenant = current_setting('whosays.tenant', true));
