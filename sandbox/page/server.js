// What the page asks of the sandbox's server: one function a request. Failures become `Refused`, with the reason.

/** The server said no, or nothing at all (`isNetwork`). */
export class Refused extends Error {
  constructor(reason, { isNetwork = false } = {}) {
    super(reason);
    this.isNetwork = isNetwork;
  }
}

export const server = {
  state: () => ask("/sandbox/state"),
  county: () => ask("/sandbox/county"),
  samples: () => ask("/sandbox/samples"),

  speed: (speed) => tell("/sandbox/clock", { speed }),

  addPerson: (person) => tell("/sandbox/people", person),
  changePerson: (id, change) => tell(`/sandbox/people/${id}`, change),

  text: (chat, text, replyTo) => tell(`/sandbox/chats/${chat}/text`, { text, ...(replyTo && { reply_to_message_id: replyTo }) }),
  place: (chat, place) => tell(`/sandbox/chats/${chat}/location`, place),
  stop: (chat, messageId) => tell(`/sandbox/chats/${chat}/stop`, { message_id: messageId }),
  move: (chat, messageId, place) => tell(`/sandbox/chats/${chat}/move`, { message_id: messageId, ...place }),
  press: (chat, messageId, data) => tell(`/sandbox/chats/${chat}/press`, { message_id: messageId, callback_data: data }),
  block: (chat, blocked) => tell(`/sandbox/chats/${chat}/block`, { blocked }),
  clear: (chat) => tell(`/sandbox/chats/${chat}/clear`, {}),

  photos: (chat, files, caption) => upload(chat, "photos", "photo", files, caption),
  document: (chat, file, caption) => upload(chat, "document", "document", [file], caption),
  video: (chat, file, caption) => upload(chat, "video", "video", [file], caption),
  voice: (chat, file) => upload(chat, "voice", "voice", [file]),
};

/** Where the bytes of a file are. */
export function fileUrl(fileId) {
  return `/sandbox/files/${encodeURIComponent(fileId)}`;
}

function tell(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

function upload(chat, path, field, files, caption) {
  const form = new FormData();
  if (caption) form.append("caption", caption);
  for (const file of files) form.append(field, file, file.name);
  return ask(`/sandbox/chats/${chat}/${path}`, { method: "POST", body: form });
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch (error) {
    throw new Refused(String(error), { isNetwork: true });
  }
  const text = await answer.text();
  const said = text ? parsed(text) : null;
  if (!answer.ok) throw new Refused(said?.description ?? said?.error ?? `HTTP ${answer.status}`);
  return said;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
