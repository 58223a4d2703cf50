// What happens when a link is pressed: a deep link of the bot is played in the chat, everything else opens a tab.

const SAFE = new Set(["http:", "https:", "mailto:", "tel:", "geo:"]);

/** `links` is {bot, sendText}: the bot of this chat, and what sends words as its person. */
export function follow(url, links) {
  const start = deepLink(url, links.bot.username);
  if (start !== null) links.sendText(start ? `/start ${start}` : "/start");
  else if (isSafe(url)) window.open(url, "_blank", "noopener,noreferrer");
}

/** The start parameter of a link to the bot ("" for none), or null for any other link. */
function deepLink(url, username) {
  let parts;
  try {
    parts = new URL(url);
  } catch {
    return null;
  }
  const same = (name) => name?.toLowerCase() === username.toLowerCase();
  if (["t.me", "telegram.me"].includes(parts.host) && same(parts.pathname.slice(1))) return parts.searchParams.get("start") ?? "";
  if (parts.protocol === "tg:" && same(parts.searchParams.get("domain"))) return parts.searchParams.get("start") ?? "";
  return null;
}

function isSafe(url) {
  try {
    return SAFE.has(new URL(url).protocol);
  } catch {
    return false;
  }
}
