// The dialog that adds a person: one more phone on the page.

import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { server } from "./server.js";
import { language, t } from "./strings.js";

/** Ask for a name and a language; `added(person)` is called with the new one. */
export function openAddPerson(added) {
  const name = el("input", { type: "text", name: "name", placeholder: "person.name", required: true, maxlength: "64", autocomplete: "off" });
  const option = (value, text) => el("label", null, el("input", { type: "radio", name: "speaks", value, checked: value.startsWith(language()) }), el("span", null, text));
  const problem = el("p", { class: "problem", role: "alert" });
  const form = el(
    "form",
    { method: "dialog" },
    el("header", { class: "dialog-head" }, el("h2", { t: "person.add" }), iconButton(icon("close"), "close", () => dialog.close())),
    el("div", { class: "dialog-fields" }, name, el("fieldset", { class: "segmented", label: "person.language" }, option("zh-hans", "中文"), option("en", "English")), problem),
    el("div", { class: "dialog-foot end" }, el("button", { type: "button", class: "quiet", t: "cancel", onclick: () => dialog.close() }), el("button", { type: "submit", class: "primary", t: "add" })),
  );
  const dialog = el("dialog", { class: "sheet small", label: "person.add" }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const person = await server.addPerson({ first_name: name.value.trim(), language_code: form.elements.speaks.value });
      dialog.close();
      added(person);
    } catch (error) {
      problem.textContent = t("failed", { reason: error.isNetwork ? t("failed.network") : error.message });
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  name.focus();
}
