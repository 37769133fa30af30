// An app of Slack's own framework, which the test runs against the fake. It answers what people do, and says "ready"
// when it is connected. Its arguments: the API's URL, the bot's token, the app's token ("-": HTTP), the signing secret.
// The framework lies in the folder SLACK_CLIENTS, not beside this file.
import { createRequire } from "node:module";

const bolt = createRequire(process.env.SLACK_CLIENTS + "/")("@slack/bolt");
const [url, token, appToken, signingSecret] = process.argv.slice(2);
const socket = appToken !== "-";
const { App, LogLevel, SocketModeReceiver, HTTPReceiver } = bolt;
const receiver = socket
  ? new SocketModeReceiver({ appToken, installerOptions: { clientOptions: { slackApiUrl: url } }, logLevel: LogLevel.WARN })
  : new HTTPReceiver({ signingSecret, logLevel: LogLevel.WARN });
if (socket) {
  // The receiver makes its client of Socket Mode itself, and leaves out the URL.
  receiver.client.webClient.slackApiUrl = url;
  receiver.client.webClient.axios.defaults.baseURL = url;
}
const app = new App({ token, receiver, clientOptions: { slackApiUrl: url }, logLevel: LogLevel.WARN });

app.event("app_mention", async ({ event, say }) => {
  await say({
    text: "nobody knows",
    thread_ts: event.ts,
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: "*nobody knows*", verbatim: true } },
      {
        type: "actions",
        elements: [{ type: "button", action_id: "share", value: "1", text: { type: "plain_text", text: "Share" } }],
      },
    ],
  });
});

app.command("/ask", async ({ command, ack, respond }) => {
  await ack();
  await respond({ text: "you asked " + command.text, response_type: "ephemeral" });
});

app.action("share", async ({ ack, respond }) => {
  await ack();
  await respond({ text: "shared", replace_original: true });
});

app.shortcut("check", async ({ shortcut, ack, client }) => {
  await ack();
  await client.views.open({
    trigger_id: shortcut.trigger_id,
    view: {
      type: "modal",
      callback_id: "statement",
      title: { type: "plain_text", text: "Fact-check" },
      submit: { type: "plain_text", text: "Check" },
      blocks: [
        {
          type: "input",
          block_id: "b",
          label: { type: "plain_text", text: "Statement" },
          element: { type: "plain_text_input", action_id: "text" },
        },
      ],
    },
  });
});

app.view("statement", async ({ ack, view }) => {
  const text = view.state.values.b.text.value;
  await (text.length < 5 ? ack({ response_action: "errors", errors: { b: "too short" } }) : ack());
});

app.error(async (error) => {
  console.error(error);
});

const server = await app.start(socket ? undefined : 0);
console.log("ready", socket ? "" : server.address().port);
process.stdin.on("end", () => process.exit(0)).resume();
