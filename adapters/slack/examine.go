package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/bot/chat"
)

// ExamineOptions say what is configured for Slack: for one team BotToken, for all that install the bot ClientID and what follows it.
type ExamineOptions struct {
	BotToken      string
	AppToken      string // empty: nothing comes by Socket Mode
	SigningSecret string // empty: nothing comes by HTTP
	API           string // see ClientOptions

	ClientID     string // empty: nobody can install it
	ClientSecret string
	TokenKey     string   // as ParseKeys takes it
	URL          string   // of the service, as browsers and Slack reach it; empty: it isn't known
	Installs     Installs // nil: there is no database yet
}

// Account is whom a bot's token is of.
type Account struct{ Name, Team string }

// badAPI is what is wrong with an address that isn't one.
func badAPI(what string) checkup.Finding {
	return checkup.Bad(what, "slack.api isn't an address.", "Write one like http://127.0.0.1:8081, or leave it out.")
}

// Recognise tries a bot's token, and returns whom it is of; nobody where the first finding isn't a good one. The second is about the
// token's scopes.
func Recognise(ctx context.Context, o ExamineOptions) (Account, []checkup.Finding) {
	const what = "token"
	w, err := newWeb(o.API, nil)
	if err != nil {
		return Account{}, []checkup.Finding{badAPI(what)}
	}
	is, err := slack.New(o.BotToken, w.options()...).AuthTestContext(ctx)
	if err := explained(err); err != nil {
		return Account{}, []checkup.Finding{trouble(what, err, "Copy the one of the page OAuth & Permissions, which begins with xoxb-, into slack.bot_token; where there is none, install the app in the workspace.")}
	}
	if is.BotID == "" {
		return Account{}, []checkup.Finding{checkup.Bad(what, "Slack takes the token, but it isn't a bot's.", "Copy the Bot User OAuth Token of the page OAuth & Permissions into slack.bot_token.")}
	}
	found := []checkup.Finding{checkup.OK(what, "Slack takes the token; it is that of %s in %s.", is.User, is.Team)}
	return Account{is.User, is.Team}, append(found, examineScopes(strings.Split(is.Header.Get("X-OAuth-Scopes"), ",")))
}

// examineScopes looks whether a token has what the manifest asks for.
func examineScopes(has []string) checkup.Finding {
	const what = "scopes"
	for i := range has {
		has[i] = strings.TrimSpace(has[i])
	}
	missing := slices.DeleteFunc(scopes(), func(scope string) bool { return slices.Contains(has, scope) })
	if len(missing) > 0 {
		return checkup.Bad(what, "The token lacks "+strings.Join(missing, ", ")+".",
			"Paste what whosays slack manifest prints into the page App Manifest of the app, and install it anew in the workspace.")
	}
	return checkup.OK(what, "The token has the scopes that the manifest asks for.")
}

// trouble says what it means that Slack doesn't do what it was asked. help is what to do about a token that it refuses.
func trouble(what string, err error, help string) checkup.Finding {
	if late, ok := errors.AsType[*chat.Delayed](err); ok {
		return checkup.Bad(what, "Slack limits how much may be asked, so that nothing could be.", fmt.Sprintf("Wait %v, and try again.", late.After.Round(time.Second)))
	}
	if no, ok := errors.AsType[*refusal](err); ok {
		return checkup.Bad(what, fmt.Sprintf("Slack refuses it with %.100q.", no.code), help)
	}
	return checkup.Bad(what, fmt.Sprintf("Slack can't be asked: %.200s.", err), "Look whether this machine may connect to https://slack.com, and at slack.api.")
}

// TryAppToken tries the token of Socket Mode. Slack hands out an address at which it could be connected to, once and soon; none is.
func TryAppToken(ctx context.Context, o ExamineOptions) checkup.Finding {
	const what = "Socket Mode"
	w, err := newWeb(o.API, nil)
	if err != nil {
		return badAPI(what)
	}
	_, _, err = slack.New("", append(w.options(), slack.OptionAppLevelToken(o.AppToken))...).StartSocketModeContext(ctx)
	if err := explained(err); err != nil {
		return trouble(what, err, "Turn Socket Mode on in the app, make an app-level token with connections:write on its page Basic Information, and put it into slack.app_token.")
	}
	return checkup.OK(what, "Slack takes the app-level token.")
}

// Examine tries what is configured for Slack, and changes nothing.
func Examine(ctx context.Context, o ExamineOptions) []checkup.Finding {
	var out []checkup.Finding
	if o.BotToken != "" {
		_, out = Recognise(ctx, o)
	}
	if o.ClientID != "" {
		out = append(out, examineClient(ctx, o), examineTeams(ctx, o))
	}
	if o.AppToken != "" {
		out = append(out, TryAppToken(ctx, o))
	}
	switch {
	case o.SigningSecret != "":
		out = append(out, examineEndpoint(ctx, o))
	case o.AppToken == "":
		out = append(out, checkup.Bad("hearing", "Nothing can be heard of Slack.", "Set slack.app_token for Socket Mode, or slack.signing_secret for HTTP."))
	}
	return out
}

// examineEndpoint looks whether what Slack brings by HTTP is taken. Slack has no way to try a signing secret.
func examineEndpoint(ctx context.Context, o ExamineOptions) checkup.Finding {
	const what = "endpoint"
	if o.URL == "" {
		return checkup.OK(what, "Slack brings events to %s of the address that the manifest names; the signing secret shows itself when it does.", Path)
	}
	return checkup.Endpoint(ctx, what, strings.TrimSuffix(o.URL, "/")+Path)
}

// examineClient looks whether Slack takes the app's id and secret: it is asked for the tokens of a code that there isn't, and says
// that, unless it doesn't get that far (https://docs.slack.dev/reference/methods/oauth.v2.access#errors).
func examineClient(ctx context.Context, o ExamineOptions) checkup.Finding {
	const what = "client"
	w, err := newWeb(o.API, nil)
	if err != nil {
		return badAPI(what)
	}
	_, err = slack.GetOAuthV2ResponseContext(ctx, w.http, o.ClientID, o.ClientSecret, "examined", strings.TrimSuffix(o.URL, "/")+CallbackPath, w.oauth()...)
	err = explained(err)
	if no, ok := errors.AsType[*refusal](err); err == nil || ok && no.code == "invalid_code" {
		return checkup.OK(what, "Slack takes the client's id and secret.")
	}
	return trouble(what, err, "Copy slack.client_id and slack.client_secret from the page Basic Information, and look whether "+CallbackPath+" of slack.url is among the Redirect URLs of the app.")
}

// examineTeams looks at the teams that have installed the bot: whether the key opens their tokens, and Slack still takes them.
func examineTeams(ctx context.Context, o ExamineOptions) checkup.Finding {
	const what = "workspaces"
	keys, err := ParseKeys(o.TokenKey)
	if err != nil {
		return checkup.Bad(what, "slack.token_key is no key.", "Write the one that openssl rand -base64 32 has made.")
	}
	if o.Installs == nil {
		return checkup.OK(what, "None has installed the bot yet; they do it at %s%s.", strings.TrimSuffix(o.URL, "/"), InstallPath)
	}
	all, err := o.Installs.All(ctx, scheme)
	if err != nil {
		return checkup.Bad(what, "Which workspaces have installed the bot can't be read.", "Look at what is said of the database.")
	}
	var live, refused, sealed int
	for tenant, body := range all {
		in, err := unpack(tenant, body)
		switch {
		case err != nil || in.State == Live && keys.unseal(in) != nil:
			sealed++
		case in.State == Live:
			live++
		case in.State == Refused:
			refused++
		}
	}
	switch {
	case sealed > 0:
		return checkup.Bad(what, fmt.Sprintf("The tokens of %d of %d workspaces don't open with slack.token_key.", sealed, len(all)),
			"Put the key with which they were sealed behind the first, after a comma; without it they have to install the bot anew.")
	case refused > 0:
		return checkup.Doubt(what, fmt.Sprintf("Slack takes the tokens of %d of %d workspaces no more.", refused, len(all)),
			"Have them install the bot anew, at "+strings.TrimSuffix(o.URL, "/")+InstallPath+"; whosays slack teams lists them.")
	}
	return checkup.OK(what, "%d have installed the bot, and the key opens their tokens.", live)
}

// Clock asks Slack, or what stands in its place, how late it is there, within a second. It needs no token.
func Clock(ctx context.Context, api string) (time.Time, error) {
	w, err := newWeb(api, nil)
	if err != nil {
		return time.Time{}, err
	}
	base := w.base()
	if base == "" {
		base = slack.APIURL
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"api.test", http.NoBody)
	if err != nil {
		return time.Time{}, err
	}
	resp, err := w.http.Do(r)
	if err != nil {
		return time.Time{}, explained(err)
	}
	_ = resp.Body.Close() // nothing was read
	return http.ParseTime(resp.Header.Get("Date"))
}
