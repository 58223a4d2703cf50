// Times as people read them, in the zone of the sandbox's clock; what is today it says, too.

import { now, zone } from "./clock.js";

const DAY = 86_400_000; // milliseconds

/** Hours and minutes. */
export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone() });
}

/** "Today", "Yesterday" or the date, as a text in both languages. */
export function day(seconds) {
  const date = new Date(seconds * 1000);
  const passed = Math.round((midnight(new Date(now())) - midnight(date)) / DAY);
  if (passed === 0) return "chat.today";
  if (passed === 1) return "chat.yesterday";
  const said = (locale) => date.toLocaleDateString(locale, { month: "long", day: "numeric", timeZone: zone() });
  return { zh: said("zh-CN"), en: said("en-GB") };
}

/** When the day of this moment began in the zone, as if that were UTC: good for counting days. */
function midnight(date) {
  return Date.parse(date.toLocaleDateString("sv-SE", { timeZone: zone() })); // ISO, as Swedes write it
}
