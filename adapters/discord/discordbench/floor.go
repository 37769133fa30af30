package discordbench

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// floorCommand makes this program the floor: floor <Discord's address> <public key>.
const floorCommand = "floor"

// serveFloor is the least that a bot can be, on discordgo as its examples use it: it says the same to everybody, and keeps
// nothing of it.
func serveFloor(ctx context.Context, args []string) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	if len(args) != 2 {
		return errors.New("floor takes the address and the key of a Discord")
	}
	key, err := hex.DecodeString(args[1])
	if err != nil || len(key) != ed25519.PublicKeySize {
		return fmt.Errorf("%q isn't a public key", args[1])
	}
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return err
	}
	s.Client = &http.Client{Transport: discordfake.Rewrite(args[0])}
	s.StateEnabled, s.Identify.Compress = false, false // as whosays has it: both cost more than the rest
	s.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages
	s.AddHandler(answerInteraction)
	s.AddHandler(answerMention)
	if err := s.Open(); err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // it ends
	return listenFloor(ctx, key)
}

// listenFloor takes interactions by HTTP, and says that it is ready.
func listenFloor(ctx context.Context, key ed25519.PublicKey) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST "+endpoint, func(w http.ResponseWriter, r *http.Request) { answerRequest(w, r, key) })
	web := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = web.Close() })
	slog.New(slog.NewJSONHandler(os.Stderr, nil)).InfoContext(ctx, "listening", "addr", listener.Addr().String())
	if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

const fixedText = "Nobody knows."

// fixed is what is said to everybody, with a button that says it again.
func fixed() *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{
			Content: fixedText,
			Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
				discordgo.Button{Label: "Again", CustomID: "again", Style: discordgo.SecondaryButton},
			}}},
		},
	}
}

func answerInteraction(s *discordgo.Session, i *discordgo.InteractionCreate) {
	if err := s.InteractionRespond(i.Interaction, fixed()); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func answerMention(s *discordgo.Session, m *discordgo.MessageCreate) {
	if m.Author.Bot || len(m.Mentions) == 0 {
		return
	}
	if _, err := s.ChannelMessageSendReply(m.ChannelID, fixedText, m.Reference()); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func answerRequest(w http.ResponseWriter, r *http.Request, key ed25519.PublicKey) {
	if !discordgo.VerifyInteraction(r, key) {
		http.Error(w, "not signed", http.StatusUnauthorized)
		return
	}
	var i discordgo.Interaction
	if err := json.NewDecoder(r.Body).Decode(&i); err != nil {
		http.Error(w, "not an interaction", http.StatusBadRequest)
		return
	}
	answer := fixed()
	if i.Type == discordgo.InteractionPing {
		answer = &discordgo.InteractionResponse{Type: discordgo.InteractionResponsePong}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}
