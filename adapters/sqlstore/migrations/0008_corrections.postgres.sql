-- +goose Up
-- Up to where each chain was followed, to tell those who were told a claim that it has changed. Nothing is told of what was
-- changed before this was kept.
ALTER TABLE heads ADD COLUMN followed bigint NOT NULL DEFAULT 0;
ALTER TABLE heads ADD COLUMN followed_hash text NOT NULL DEFAULT '';
ALTER TABLE heads NO FORCE ROW LEVEL SECURITY; -- the owner moves the rows of all tenants, this once
UPDATE heads SET followed = revision, followed_hash = hash;
ALTER TABLE heads FORCE ROW LEVEL SECURITY;
CREATE INDEX heads_behind ON heads (tenant) WHERE revision > followed;

-- What was asked without an answer: what it was about, where, by whom as a hash under the tenant's own key, and on which day last.
CREATE TABLE gaps (
    tenant text COLLATE "C" NOT NULL,
    scope  text COLLATE "C" NOT NULL,
    place  text COLLATE "C" NOT NULL,
    asker  text COLLATE "C" NOT NULL,
    day    text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, scope, place, asker)
);

CREATE INDEX gaps_day ON gaps (day);

CREATE TABLE gap_keys (
    tenant text COLLATE "C" NOT NULL PRIMARY KEY,
    key    text NOT NULL
);

-- Reports are gone after some time, whoever's they are.
CREATE INDEX reports_old ON reports (at);

ALTER TABLE gaps ENABLE ROW LEVEL SECURITY;
ALTER TABLE gaps FORCE ROW LEVEL SECURITY;
ALTER TABLE gap_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE gap_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY gaps_own ON gaps USING (tenant || '' = current_setting('whosays.tenant', true));
CREATE POLICY gaps_across ON gaps FOR SELECT USING (current_setting('whosays.across', true) = 'yes');
CREATE POLICY gap_keys_own ON gap_keys USING (tenant || '' = current_setting('whosays.tenant', true));
CREATE POLICY gap_keys_across ON gap_keys FOR SELECT USING (current_setting('whosays.across', true) = 'yes');
