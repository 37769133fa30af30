// Slack's own clients of Socket Mode and of the Web API, which the test runs against the fake. Who mentions the app and
// the name of a task gets in its thread what came of it. Its arguments: the API's URL, the bot's token, the app's token.
// The clients lie in the folder SLACK_CLIENTS, not beside this file.
import { createRequire } from "node:module";

const require = createRequire(process.env.SLACK_CLIENTS + "/");
const { LogLevel, SocketModeClient } = require("@slack/socket-mode");
const { WebClient } = require("@slack/web-api");
const [url, token, appToken] = process.argv.slice(2);
const web = new WebClient(token, {
  slackApiUrl: url,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  logLevel: LogLevel.ERROR,
});
const socket = new SocketModeClient({
  appToken,
  clientPingTimeout: 500, // so long it waits for a pong, and before it connects again
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: url },
});

const metadata = { event_type: "fact", event_payload: { key: "k1" } };
const words = (text) => ({ type: "plain_text", text });
const modal = (callback_id) => ({
  type: "modal",
  callback_id,
  title: words("Report"),
  submit: words("Send"),
  blocks: [{ type: "input", block_id: "b", label: words("What?"), element: { type: "plain_text_input", action_id: "text" } }],
});

const tasks = {
  auth: async () => {
    const me = await web.auth.test();
    return `${me.team_id} ${me.user_id} ${me.bot_id}`;
  },
  read: async ({ channel, ts }) => {
    await web.chat.postMessage({ channel, thread_ts: ts, text: "a fact", metadata });
    const { messages } = await web.conversations.replies({ channel, ts, include_all_metadata: true });
    return messages.map((m) => m.metadata?.event_payload.key ?? m.user).join(" ");
  },
  page: async ({ channel }) => {
    const texts = [];
    for await (const page of web.paginate("conversations.history", { channel, limit: 1 })) {
      texts.push(...page.messages.map((m) => m.text));
    }
    return String(texts.length);
  },
  change: async ({ channel }) => {
    const { ts } = await web.chat.postMessage({ channel, text: "a mistake" });
    const changed = await web.chat.update({ channel, ts, text: "no mistake" });
    const { permalink } = await web.chat.getPermalink({ channel, message_ts: ts });
    await web.chat.delete({ channel, ts });
    return changed.text + " " + permalink.endsWith("/p" + ts.replace(".", ""));
  },
  whisper: async ({ channel, user }) => {
    const { message_ts } = await web.chat.postEphemeral({ channel, user, text: "for you alone" });
    return String(message_ts > "0");
  },
  look: async ({ channel, user }) => {
    const who = await web.users.info({ user, include_locale: true });
    const where = await web.conversations.info({ channel });
    const direct = await web.conversations.open({ users: user });
    return `${who.user.locale} ${where.channel.name} ${direct.channel.id[0]}`;
  },
  file: async ({ channel, ts }) => {
    const sent = await web.filesUploadV2({ channel_id: channel, thread_ts: ts, filename: "facts.csv", content: "a,b\n1,2\n" });
    return sent.files[0].files[0].name;
  },
  home: async ({ user }) => {
    const { view } = await web.views.publish({ user_id: user, view: { type: "home", blocks: [{ type: "divider" }] } });
    return view.type + " " + view.blocks.length;
  },
};

// done is what came of a task, also where it failed: as the client says it, with Slack's code.
const done = async (name, event) => {
  try {
    return await tasks[name](event);
  } catch (e) {
    return [e.code, e.data?.error ?? e.retryAfter, ...(e.data?.response_metadata?.messages ?? [])].join(" ");
  }
};

socket.on("app_mention", async ({ event, ack }) => {
  await ack();
  await web.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: await done(event.text.split(" ")[1], event) });
});
socket.on("slash_commands", async ({ body, ack }) => ack({ text: "you asked " + body.text }));
socket.on("interactive", async ({ body, ack }) => {
  if (body.type === "view_submission") {
    await ack({ response_action: "update", view: { ...modal("done"), title: words("Thanks") } });
    return;
  }
  await ack();
  await web.views.open({ trigger_id: body.trigger_id, view: modal("report") });
});

await socket.start();
console.log("ready");
process.stdin.on("end", () => process.exit(0)).resume();
