// Times as people read them, in the zone of the sandbox's clock; what is today it says, too.

import { now, zone } from "./clock.js";

const DAY = 86_400_000; // milliseconds

/** Hours and minutes. */
export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone() });
}

/** The day in the clock's zone as 2026-01-05: Sweden writes it so. */
export function date(seconds) {
  return new Date(seconds * 1000).toLocaleDateString("sv-SE", { timeZone: zone() });
}

/** "Today", "Yesterday" or the date, as a text in both languages. */
export function day(seconds) {
  const passed = (Date.parse(date(now() / 1000)) - Date.parse(date(seconds))) / DAY;
  if (passed === 0) return "chat.today";
  if (passed === 1) return "chat.yesterday";
  const written = { month: "long", day: "numeric", timeZone: zone() };
  const said = (locale) => new Date(seconds * 1000).toLocaleDateString(locale, written);
  return { zh: said("zh-CN"), en: said("en-GB") };
}
