package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

// proposalColumns are those of a proposal, in the order of readProposal.
const proposalColumns = "id, change, proposer, at, state, judge, why"

func readProposal(row scan) (p moderation.Proposal, err error) {
	var change []byte
	var at int64
	if err := row(&p.ID, &change, &p.By, &at, &p.State, &p.Judge, &p.Why); err != nil {
		return p, err
	}
	p.At = moment(at)
	if err := json.Unmarshal(change, &p.Change); err != nil {
		return p, damaged(err, "What proposal %q asks for can't be read: the row was altered.", p.ID)
	}
	return p, nil
}

// Propose keeps a proposal, unless there is one of its id.
func (c Council) Propose(ctx context.Context, tenant string, p moderation.Proposal) (moderation.Proposal, error) {
	change, err := json.Marshal(p.Change)
	if err != nil || tenant == "" || !storable(tenant) || !storable(p.ID) || !storable(p.By) {
		return moderation.Proposal{}, &knowledge.Error{Kind: knowledge.Invalid, Msg: "The proposal can't be kept: it needs a tenant, and text in UTF-8, without NUL.", Err: err}
	}
	err = c.s.execute(ctx, tenant, `
		INSERT INTO proposals (tenant, id, change, proposer, at, state, judge, why) VALUES ($1, $2, $3, $4, $5, $6, '', '') ON CONFLICT DO NOTHING`,
		tenant, p.ID, string(change), p.By, p.At.UnixMicro(), string(moderation.Waiting))
	if err != nil {
		return moderation.Proposal{}, err
	}
	return c.Proposal(ctx, tenant, p.ID)
}

// End notes how a proposal ended that waits.
func (c Council) End(ctx context.Context, tenant string, p moderation.Proposal) (bool, error) {
	if !storable(tenant) || !storable(p.ID) {
		return false, nil
	}
	if !storable(p.Judge) || !storable(p.Why) {
		return false, unstorable()
	}
	var ended bool
	err := c.s.write(ctx, tenant, func(ctx context.Context, tx *sql.Tx) (err error) {
		ended, err = endProposal(ctx, tx, tenant, &p)
		return err
	})
	if err != nil { // ended may be written to by now
		return false, c.s.failed(ctx, err)
	}
	return ended, nil
}

// endProposal reports whether it was a proposal that waits.
func endProposal(ctx context.Context, tx *sql.Tx, tenant string, p *moderation.Proposal) (bool, error) {
	n, err := deleted(tx.ExecContext(ctx, "UPDATE proposals SET state = $3, judge = $4, why = $5 WHERE tenant = $1 AND id = $2 AND state = $6",
		tenant, p.ID, string(p.State), p.Judge, p.Why, string(moderation.Waiting)))
	return n > 0, err
}

// Proposal returns a proposal of a tenant.
func (c Council) Proposal(ctx context.Context, tenant, id string) (moderation.Proposal, error) {
	found, err := c.proposals(ctx, tenant, "id = $2 LIMIT $3", id, 1)
	if err == nil && len(found) == 0 {
		err = moderation.NoProposal()
	}
	if err != nil {
		return moderation.Proposal{}, err
	}
	return found[0], nil
}

// Pending returns the proposals that wait.
func (c Council) Pending(ctx context.Context, tenant string) ([]moderation.Proposal, error) {
	return c.proposals(ctx, tenant, "state = $2 ORDER BY at, id LIMIT $3", string(moderation.Waiting), moderation.MostPending)
}

// proposals returns some proposals of a tenant.
func (c Council) proposals(ctx context.Context, tenant, where, value string, limit int) (out []moderation.Proposal, err error) {
	if !storable(tenant) || !storable(value) {
		return nil, nil
	}
	err = c.s.read(ctx, tenant, "SELECT "+proposalColumns+" FROM proposals WHERE tenant = $1 AND "+where, []any{tenant, value, limit}, func(row scan) error {
		p, err := readProposal(row)
		out = append(out, p)
		return err
	})
	if err != nil {
		return nil, c.s.failed(ctx, err)
	}
	return out, nil
}
