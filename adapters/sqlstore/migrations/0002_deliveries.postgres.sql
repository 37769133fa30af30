-- +goose Up
-- What was said where, once. Times are microseconds since 1970; 0: none. A row is due for whoever takes it up first.
CREATE TABLE deliveries (
    tenant   text COLLATE "C" NOT NULL,
    id       text COLLATE "C" NOT NULL,
    desk     text COLLATE "C" NOT NULL,
    key      text COLLATE "C" NOT NULL,
    address  text   NOT NULL,
    reply_to text   NOT NULL,
    reply    text   NOT NULL,
    state    text   NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'failed')),
    why      text   NOT NULL DEFAULT '',
    ref      text   NOT NULL DEFAULT '',
    nonce    text   NOT NULL,
    epoch    bigint NOT NULL,
    tries    bigint NOT NULL,
    at       bigint NOT NULL,
    taken    bigint NOT NULL,
    tried    bigint NOT NULL,
    due      bigint,
    said     bigint NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, desk, key)
);

CREATE INDEX deliveries_due ON deliveries (desk, due) WHERE due IS NOT NULL;
CREATE INDEX deliveries_at ON deliveries (at);

-- Which deliveries quote a claim. Those of all tenants quote shared ones.
CREATE TABLE quotes (
    claim_tenant text COLLATE "C" NOT NULL,
    claim        text COLLATE "C" NOT NULL,
    at           bigint NOT NULL,
    tenant       text COLLATE "C" NOT NULL,
    delivery     text COLLATE "C" NOT NULL,
    PRIMARY KEY (claim_tenant, claim, at, tenant, delivery)
);

CREATE INDEX quotes_delivery ON quotes (tenant, delivery);

ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE deliveries FORCE ROW LEVEL SECURITY;
ALTER TABLE quotes ENABLE ROW LEVEL SECURITY;
ALTER TABLE quotes FORCE ROW LEVEL SECURITY;

-- Rows of the empty tenant aren't shared: they are what people were told in private. Whoever looks for what is due, quotes a
-- claim or is old reads across tenants, which a setting says that is local to the transaction; it writes as each tenant.
CREATE POLICY deliveries_own ON deliveries USING (tenant || '' = current_setting('whosays.tenant', true));
CREATE POLICY deliveries_across ON deliveries FOR SELECT USING (current_setting('whosays.across', true) = 'yes');
CREATE POLICY quotes_own ON quotes USING (tenant || '' = current_setting('whosays.tenant', true));
CREATE POLICY quotes_across ON quotes FOR SELECT USING (current_setting('whosays.across', true) = 'yes');
