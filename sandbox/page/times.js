// Times as people read them, in the viewer's own zone; what is today says the sandbox's clock.

import { now } from "./clock.js";

const DAY = 86_400_000; // milliseconds

/** Hours and minutes. */
export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** "Today", "Yesterday" or the date, as a text in both languages. */
export function day(seconds) {
  const date = new Date(seconds * 1000);
  const passed = Math.round((new Date(now()).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / DAY);
  if (passed === 0) return "chat.today";
  if (passed === 1) return "chat.yesterday";
  const said = (locale) => date.toLocaleDateString(locale, { month: "long", day: "numeric" });
  return { zh: said("zh-CN"), en: said("en-GB") };
}
