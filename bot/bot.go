// Package bot answers: one request in, one reply out. It knows no platform, no database and no clock.
package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/check"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Bot answers from one base. It is safe for concurrent use.
type Bot struct {
	base    *knowledge.Base
	lex     *lexicon.Lexicon
	parser  *question.Parser
	judge   *answer.Judge
	checker *check.Checker
	writers map[string]answer.Writer
	forms   *form.Forms
	log     *slog.Logger
	Moderation
	Digests
}

// New returns a bot that reads with a lexicon and answers from a base. It fails only where our own sentences
// can't be read.
func New(base *knowledge.Base, lex *lexicon.Lexicon) (*Bot, error) {
	writers, err := answer.Writers(lex)
	if err != nil {
		return nil, fmt.Errorf("bot: %w", err)
	}
	parser := question.NewParser(lex)
	judge := answer.NewJudge(lex, parser)
	return &Bot{
		base: base, lex: lex, parser: parser, judge: judge, checker: check.New(judge), writers: writers, forms: form.New(lex, writers),
		log: slog.New(slog.DiscardHandler),
	}, nil
}

// Logging returns the bot with a log, in which it says what went wrong that no error tells, and nothing that anybody wrote.
func (b *Bot) Logging(log *slog.Logger) *Bot {
	out := *b
	out.log = log
	return &out
}

// candidates is how many claims of the index are looked at for one part. Those that answer share most of its
// concepts, so that they are among the first.
const candidates = 64

// Handle answers one request; one without a command is a question. The error is one of the base (a *knowledge.Error), or
// of the context; a text that can't be read or has no answer is a reply, not an error.
func (b *Bot) Handle(ctx context.Context, req chat.Request) (chat.Reply, error) {
	ctx, end := chat.StepHandle.Begin(ctx)
	r, err := b.handle(ctx, req)
	end(chat.Mark{Command: cmp.Or(req.Command, chat.CommandAsk), Outcome: r.Outcome, Err: err})
	return r, err
}

func (b *Bot) handle(ctx context.Context, req chat.Request) (chat.Reply, error) {
	view, err := b.base.View(ctx, req.Tenant, req.Now)
	if err != nil {
		return chat.Reply{}, err
	}
	then := *b
	then.base = view
	reply, err := then.reply(ctx, req)
	if err != nil {
		return chat.Reply{}, err
	}
	if !moderates(req.Command) {
		reply.Offers = offers(req.Command, &reply)
	}
	_, end := chat.StepGuard.Begin(ctx)
	sealed, broken := guard.Seal(reply, b.writer(reply.Lang).Refusal())
	end(chat.Mark{Err: broken})
	if broken != nil {
		b.log.ErrorContext(ctx, "the guard stopped a reply", "command", req.Command, "why", reasons(broken))
	}
	return sealed, nil
}

// reasons returns why the guard stopped a reply, without a word of the reply: a question's text is in no log.
func reasons(broken error) []string {
	var refused *guard.Error
	if !errors.As(broken, &refused) {
		return nil
	}
	out := make([]string, 0, len(refused.Violations))
	for _, v := range refused.Violations {
		out = append(out, v.Why)
	}
	return out
}

func (b *Bot) reply(ctx context.Context, req chat.Request) (chat.Reply, error) {
	switch req.Command {
	case chat.CommandStatus:
		return b.status(ctx, req)
	case chat.CommandHelp:
		return b.help(ctx, req, b.writer(req.Lang))
	case chat.CommandCheck:
		return b.check(ctx, req)
	case chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandNear, chat.CommandShow:
		return b.followUp(ctx, req)
	}
	if digests(req.Command) {
		return b.digesting(ctx, req)
	}
	if moderates(req.Command) {
		return b.moderate(ctx, req)
	}
	return b.ask(ctx, req)
}

// help says what the bot does, and what the base that the tenant sees is about.
func (b *Bot) help(ctx context.Context, req chat.Request, w answer.Writer) (chat.Reply, error) {
	reach, err := b.base.Reach(ctx, req.Tenant)
	if err != nil {
		return chat.Reply{}, err
	}
	return w.Help(reach), nil
}

// writer returns the writer of a language, the default one for a language that we don't write.
func (b *Bot) writer(lang string) answer.Writer {
	if w, ok := b.writers[lang]; ok {
		return w
	}
	return b.writers[lexicon.Languages[0]]
}

// Language returns the language in which a text is answered: one of lexicon.Languages.
func (b *Bot) Language(text string) string { return b.parser.Language(text) }

// replyIn returns the writer for a reply to a text: the language asked for, else the text's own.
func (b *Bot) replyIn(req chat.Request, q question.Question) answer.Writer {
	if _, ok := b.writers[req.Lang]; ok {
		return b.writers[req.Lang]
	}
	return b.writer(q.Lang)
}

func (b *Bot) ask(ctx context.Context, req chat.Request) (chat.Reply, error) {
	q := understood(ctx, b.parser.Ask, req)
	w := b.replyIn(req, q)
	switch {
	case q.TooLong:
		return w.TooLong(), nil
	case q.Help:
		return b.help(ctx, req, w)
	}
	reach, err := b.base.Reach(ctx, req.Tenant)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(q.Parts) == 0 {
		return w.Nothing(reach), nil
	}
	finding, end := chat.StepFind.Begin(ctx)
	chosen, all, err := b.choose(finding, req.Tenant, q)
	end(chat.Mark{Err: err})
	if err != nil {
		return chat.Reply{}, err
	}
	_, end = chat.StepCompose.Begin(ctx)
	r := w.Compose(q, chosen, reach)
	r.Near = b.judge.Nearby(q.Parts, all, &r)
	end(chat.Mark{})
	b.note(ctx, &req, &r, chosen)
	return r, nil
}

// understood reads the text of a request, as a question or as a statement.
func understood(ctx context.Context, read func(string, time.Time) question.Question, req chat.Request) question.Question {
	_, end := chat.StepUnderstand.Begin(ctx)
	defer end(chat.Mark{})
	return read(req.Text, req.Now)
}

// choose finds what answers a question, and all that was found, for each of its parts.
func (b *Bot) choose(ctx context.Context, tenant string, q question.Question) ([]answer.Chosen, [][]knowledge.Found, error) {
	chosen, all := make([]answer.Chosen, 0, len(q.Parts)), make([][]knowledge.Found, 0, len(q.Parts))
	for _, p := range q.Parts {
		found, err := b.find(ctx, tenant, &p)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, found)
		chosen = append(chosen, b.judge.Choose(p, found, q.Wish))
	}
	if err := b.widen(ctx, tenant, chosen); err != nil {
		return nil, nil, err
	}
	if err := b.oppose(ctx, tenant, q, chosen); err != nil {
		return nil, nil, err
	}
	if err := b.follow(ctx, tenant, q, chosen); err != nil {
		return nil, nil, err
	}
	return chosen, all, nil
}

// oppose sets beside the figure that is asked about what else counts the same.
func (b *Bot) oppose(ctx context.Context, tenant string, q question.Question, chosen []answer.Chosen) error {
	if q.Wish != question.Rivals || len(chosen) != 1 || chosen[0].Outcome != chat.Answered {
		return nil
	}
	c := chosen[0].Shown[0].Claim
	if !answer.Countable(c) {
		return nil
	}
	p, concepts := answer.Picked(c)
	found, err := b.beside(ctx, tenant, &p, concepts)
	if err != nil {
		return err
	}
	chosen[0].Beside(b.judge.Rivals(c, p, found))
	return nil
}

// follow adds what the chosen claims are linked with: the series that change was asked about, and who disputes them.
func (b *Bot) follow(ctx context.Context, tenant string, q question.Question, chosen []answer.Chosen) error {
	if q.Wish == question.Arithmetic {
		answer.LikeForLike(chosen)
	}
	b.judge.Arrange(chosen)
	for i := range chosen {
		c := &chosen[i]
		if c.Series != "" {
			members, left, err := b.base.Series(ctx, tenant, c.Series, answer.MostUnfolded, answer.Told(&c.Part))
			if err != nil {
				return err
			}
			c.Unfold(members, left)
		}
		ids := make([]string, 0, len(c.Shown))
		for _, s := range c.Shown {
			ids = append(ids, s.Claim.ID)
		}
		if err := b.later(ctx, tenant, c); err != nil {
			return err
		}
		var err error
		if c.Disputes, err = b.base.Disputing(ctx, tenant, ids...); err != nil {
			return err
		}
	}
	return nil
}

// later adds where things stand later than the stage that a part is answered with.
func (b *Bot) later(ctx context.Context, tenant string, c *answer.Chosen) error {
	if len(c.Shown) == 0 || c.Shown[0].Claim.Kind != knowledge.KindStatus || !c.Part.AsOf.IsZero() {
		return nil
	}
	stages, err := b.base.List(ctx, tenant, knowledge.KindStatus)
	if err != nil {
		return err
	}
	later, ok := b.judge.Later(c.Shown[0].Claim, stages)
	switch {
	case !ok:
	case c.Part.Past || c.Outcome != chat.Answered:
		c.Later = []knowledge.Claim{later}
	default: // asked of today: the latest is where things stand
		c.Shown = slices.Insert(c.Shown, 0, chat.Shown{Claim: later})
	}
	return nil
}

// find looks up what the base has for a part.
func (b *Bot) find(ctx context.Context, tenant string, p *question.Part) ([]knowledge.Found, error) {
	q := knowledge.Query{Tenant: tenant, Concepts: p.Concepts(), Limit: candidates, Grade: answer.Timely(p)}
	if p.Quantity != nil {
		q.Numbers = []float64{p.Quantity.Value}
	}
	return b.base.Find(ctx, q)
}

// widen adds what a question about a whole asks for.
func (b *Bot) widen(ctx context.Context, tenant string, chosen []answer.Chosen) error {
	if !slices.ContainsFunc(chosen, answer.Chosen.Wide) {
		return nil
	}
	issues, err := b.base.List(ctx, tenant, knowledge.KindIssue)
	if err != nil {
		return err
	}
	stages, err := b.base.List(ctx, tenant, knowledge.KindStatus)
	if err != nil {
		return err
	}
	answer.Widen(chosen, issues, stages)
	return nil
}

func (b *Bot) check(ctx context.Context, req chat.Request) (chat.Reply, error) {
	q := understood(ctx, b.parser.Check, req)
	w := b.replyIn(req, q)
	if q.TooLong {
		return w.TooLong(), nil
	}
	reach, err := b.base.Reach(ctx, req.Tenant)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(q.Parts) == 0 {
		return w.Nothing(reach), nil
	}
	finding, end := chat.StepFind.Begin(ctx)
	findings, all, err := b.findings(finding, req.Tenant, q)
	var near *knowledge.Claim
	if err == nil {
		near, err = b.near(finding, req, q, findings)
	}
	end(chat.Mark{Err: err})
	if err != nil {
		return chat.Reply{}, err
	}
	_, end = chat.StepCompose.Begin(ctx)
	defer end(chat.Mark{})
	r := check.Compose(w, q, findings, near, reach)
	r.Near = b.judge.Nearby(q.Parts, all, &r)
	return r, nil
}

// findings judges each assertion of a text by what the base has, and returns all that was found.
func (b *Bot) findings(ctx context.Context, tenant string, q question.Question) ([]chat.Finding, [][]knowledge.Found, error) {
	findings, all := make([]chat.Finding, 0, len(q.Parts)), make([][]knowledge.Found, 0, len(q.Parts))
	for _, p := range q.Parts {
		found, err := b.find(ctx, tenant, &p)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, found)
		f := b.checker.Find(p, found)
		if err := b.since(ctx, tenant, &p, &f); err != nil {
			return nil, nil, err
		}
		findings = append(findings, f)
	}
	return findings, all, nil
}

// near returns the claim that a text is about of which no assertion can be judged, if there is one: a long message may
// repeat a claim in words that no scope is read from.
func (b *Bot) near(ctx context.Context, req chat.Request, q question.Question, findings []chat.Finding) (*knowledge.Claim, error) {
	unread := slices.ContainsFunc(q.Parts, func(p question.Part) bool { return p.Unreadable })
	if unread || slices.ContainsFunc(findings, func(f chat.Finding) bool { return f.Claim != nil }) {
		return nil, nil
	}
	found, answered, err := b.base.Nearest(ctx, req.Tenant, req.Text, 1)
	if err != nil || !answered {
		return nil, err
	}
	return found[0].Claim, nil
}

// since adds to a finding where things stand later than the stage that it rests on. What is said of today isn't true
// of a stage that has been followed by another.
func (b *Bot) since(ctx context.Context, tenant string, p *question.Part, f *chat.Finding) error {
	if f.Claim == nil || f.Claim.Kind != knowledge.KindStatus {
		return nil
	}
	stages, err := b.base.List(ctx, tenant, knowledge.KindStatus)
	if err != nil {
		return err
	}
	if later, ok := b.judge.Later(*f.Claim, stages); ok {
		f.Others = []knowledge.Claim{later}
		if f.Verdict == chat.Matches && !p.Past && p.Period.Kind == question.PeriodOpen {
			f.Verdict, f.Mixups = chat.MixedUp, []knowledge.Dimension{knowledge.DimPeriod}
		}
	}
	return nil
}

func (b *Bot) status(ctx context.Context, req chat.Request) (chat.Reply, error) {
	finding, end := chat.StepFind.Begin(ctx)
	claims, err := b.base.List(finding, req.Tenant, knowledge.KindStatus, knowledge.KindIssue, knowledge.KindStatement)
	end(chat.Mark{Err: err})
	if err != nil {
		return chat.Reply{}, err
	}
	reach, err := b.base.Reach(ctx, req.Tenant)
	if err != nil {
		return chat.Reply{}, err
	}
	_, end = chat.StepCompose.Begin(ctx)
	defer end(chat.Mark{})
	return b.writer(req.Lang).Board(claims, reach), nil
}
