// The people along the top, each as what they are, for when not all phones fit on the screen: press one to go to that phone.

import { avatar, el, label } from "./dom.js";

export class Tabs {
  /** `nav` is filled with a tab a phone; `strip` is the element in which the phones scroll sideways. */
  constructor(nav, strip) {
    Object.assign(this, { nav, strip });
    this.tabs = new Map(); // Phone → {button, badge, unread}
    this.inView = new Set();
    this.watcher = new IntersectionObserver((entries) => this.moved(entries), { root: strip, threshold: 0.6 });
    new ResizeObserver(() => this.showIfNeeded()).observe(strip);
  }

  add(phone) {
    const badge = el("span", { class: "badge", hidden: true });
    const { label: role, first_name: name } = phone.person;
    const mark = role?.icon ? el("span", { class: "tab-icon", "aria-hidden": "true" }, role.icon) : avatar(phone.person, "small");
    const words = el("span", { class: "tab-words" }, el("span", { class: "tab-role", t: phone.role }), el("span", { class: "tab-name" }, name));
    const button = el("button", { type: "button", class: "tab", onclick: () => this.go(phone) }, mark, words, badge);
    this.tabs.set(phone, { button, badge, unread: 0 });
    this.nav.append(button);
    this.watcher.observe(phone.root);
    this.showIfNeeded();
    this.count(phone, 0);
  }

  go(phone) {
    phone.root.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  }

  /** The bot said something in this phone. */
  heard(phone) {
    if (!this.inView.has(phone.root)) this.count(phone, this.tabs.get(phone).unread + 1);
  }

  count(phone, unread) {
    const tab = this.tabs.get(phone);
    tab.unread = unread;
    tab.badge.hidden = !unread;
    tab.badge.textContent = unread;
    tab.button.classList.toggle("unread", Boolean(unread));
    label(tab.button, unread ? "tabs.unread" : "tabs.person", { role: phone.role, name: phone.person.first_name, count: unread });
  }

  moved(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.inView.add(target);
      else this.inView.delete(target);
    }
    for (const [phone, { button }] of this.tabs) {
      const isShown = this.inView.has(phone.root);
      button.setAttribute("aria-current", String(isShown));
      if (isShown) this.count(phone, 0);
    }
    this.nav.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  showIfNeeded() {
    this.nav.hidden = this.strip.scrollWidth <= this.strip.clientWidth + 1;
  }
}
