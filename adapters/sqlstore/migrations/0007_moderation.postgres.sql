-- +goose Up
-- Whoever was told of the claims isn't told of the change.
ALTER TABLE changes ADD COLUMN quiet boolean NOT NULL DEFAULT false;

-- What a tenant has chosen, and who may change its base. A version of both is one row of settings: of two who change them at
-- once one does.
CREATE TABLE settings (
    tenant      text COLLATE "C" NOT NULL PRIMARY KEY,
    version     bigint  NOT NULL,
    lang        text    NOT NULL,
    approvals   bigint  NOT NULL,
    corrections boolean NOT NULL
);

CREATE TABLE moderators (
    tenant   text COLLATE "C" NOT NULL,
    account  text COLLATE "C" NOT NULL,
    added_by text   NOT NULL,
    at       bigint NOT NULL,
    place    bigint NOT NULL,
    PRIMARY KEY (tenant, account)
);

-- Changes that wait for a second person, or waited.
CREATE TABLE proposals (
    tenant   text COLLATE "C" NOT NULL,
    id       text COLLATE "C" NOT NULL,
    change   text   NOT NULL,
    proposer text   NOT NULL,
    at       bigint NOT NULL,
    state    text   NOT NULL,
    judge    text   NOT NULL,
    why      text   NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX proposals_state ON proposals (tenant, state, at, id);

ALTER TABLE settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE settings FORCE ROW LEVEL SECURITY;
ALTER TABLE moderators ENABLE ROW LEVEL SECURITY;
ALTER TABLE moderators FORCE ROW LEVEL SECURITY;
ALTER TABLE proposals ENABLE ROW LEVEL SECURITY;
ALTER TABLE proposals FORCE ROW LEVEL SECURITY;
CREATE POLICY settings_own ON settings USING (tenant || '' = current_setting('whosays.tenant', true));
CREATE POLICY moderators_own ON moderators USING (tenant || '' = current_setting('whosays.tenant', true));
CREATE POLICY proposals_own ON proposals USING (tenant || '' = current_setting('whosays.tenant', true));

-- Whoever looks whose rows are kept reads across tenants.
CREATE POLICY settings_across ON settings FOR SELECT USING (current_setting('whosays.across', true) = 'yes');
CREATE POLICY proposals_across ON proposals FOR SELECT USING (current_setting('whosays.across', true) = 'yes');
