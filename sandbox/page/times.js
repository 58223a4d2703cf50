// Times as people read them, on the clock of the place that the sandbox stands for, else on the viewer's own.

const DAY = 86_400_000; // milliseconds
let zone; // an IANA name; undefined: the browser's

/** Show all times in this zone; null for the browser's own. */
export function setZone(name) {
  zone = name ?? undefined;
}

/** Hours and minutes. */
export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
}

/** The day as 2026-01-05: Sweden writes it so. */
export function date(seconds) {
  return new Date(seconds * 1000).toLocaleDateString("sv-SE", { timeZone: zone });
}

/** "Today", "Yesterday" or the date, as a text in both languages. */
export function day(seconds) {
  const passed = (Date.parse(date(Date.now() / 1000)) - Date.parse(date(seconds))) / DAY;
  if (passed === 0) return "chat.today";
  if (passed === 1) return "chat.yesterday";
  const said = (locale) => new Date(seconds * 1000).toLocaleDateString(locale, { month: "long", day: "numeric", timeZone: zone });
  return { zh: said("zh-CN"), en: said("en-GB") };
}
