"use strict";
/* Comfort only: every page works without it. Single keys press the button that shows them, and words
   that are marked in a passage go into a field. Nothing is fetched, nothing is kept. */
(() => {
  const typing = (el) => el.closest("input:not([type=checkbox]):not([type=radio]):not([type=submit]),textarea,select,[contenteditable]");
  const passage = document.getElementById("passage");
  const points = (text) => Array.from(text).length; // anchors count code points, browsers UTF-16 units

  // --- single keys
  const keyed = () => Array.from(document.querySelectorAll("[data-key]")).filter((el) => el.getClientRects().length);
  const press = (key) => {
    const found = keyed().find((el) => el.dataset.key === key);
    if (found) { found.focus(); found.click(); }
    return Boolean(found);
  };
  const help = () => {
    let box = document.querySelector("dialog.keys");
    if (!box) {
      box = document.createElement("dialog");
      box.className = "keys";
      box.setAttribute("aria-label", document.querySelector(".about-keys summary")?.textContent || "?");
      const list = document.createElement("dl");
      for (const el of keyed()) {
        const dt = document.createElement("dt"), key = document.createElement("kbd"), dd = document.createElement("dd");
        key.textContent = el.dataset.key;
        dd.textContent = Array.from(el.childNodes).filter((n) => n.nodeName !== "KBD").map((n) => n.textContent).join("").trim();
        dt.append(key);
        list.append(dt, dd);
      }
      const form = document.createElement("form"), shut = document.createElement("button");
      form.method = "dialog";
      shut.textContent = "OK";
      form.append(shut);
      box.append(list, form);
      document.body.append(box);
    }
    box.showModal();
  };
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.keys !== "on" || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.isComposing || typing(event.target) || document.querySelector("dialog[open]")) return;
    let key = event.key.toLowerCase();
    if (key === " ") {
      if (event.target.closest("a,button,summary,input,audio,video,[tabindex]:not(main)")) return;
      key = "j";
    }
    const done = key === "?" ? (help(), true) : key.length === 1 && press(key);
    if (done) event.preventDefault();
  });

  // --- one ruling a form, however often a key is pressed
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // --- words marked in the passage
  if (passage) {
    document.querySelectorAll(".script-only").forEach((el) => { el.hidden = false; });
    document.querySelectorAll(".no-script-only").forEach((el) => { el.hidden = true; });
    passage.readOnly = false; // a caret, so that the keyboard can mark words; nothing can be typed
    passage.setAttribute("aria-readonly", "true");
    passage.addEventListener("beforeinput", (event) => event.preventDefault());
    let last = null;
    document.addEventListener("focusin", (event) => { if (event.target.dataset.words) last = event.target; });
    const take = (field) => {
      const { value, selectionStart: from, selectionEnd: to } = passage;
      const picked = value.slice(from, to), words = picked.trim();
      if (!field || !words) return false;
      const start = Number(passage.dataset.start) + points(value.slice(0, from)) + points(picked) - points(picked.trimStart());
      const slot = field.dataset.words, form = field.form;
      const name = form.elements[`${slot}.name`];
      if (name && (!name.value || name.value === field.value)) name.value = words;
      field.value = words;
      form.elements[`${slot}.at`].value = `${start}-${start + points(words)}`;
      passage.setSelectionRange(to, to);
      field.focus();
      return true;
    };
    passage.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && take(last || document.querySelector("[data-words]"))) event.preventDefault();
    });
    document.querySelectorAll("[data-take]").forEach((button) => {
      button.addEventListener("click", (event) => {
        const field = document.querySelector(`[data-words="${CSS.escape(button.dataset.take)}"]`);
        if (take(field)) event.preventDefault();
      });
    });
    document.querySelectorAll("[data-words]").forEach((field) => {
      field.addEventListener("input", () => { field.form.elements[`${field.dataset.words}.at`].value = ""; });
    });
  }

  // --- arrows among the words that are buttons
  const words = document.getElementById("words");
  if (words) {
    const all = Array.from(words.querySelectorAll("button"));
    const rtl = getComputedStyle(words).direction === "rtl";
    words.addEventListener("keydown", (event) => {
      const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, ArrowDown: 10, ArrowUp: -10 }[event.key];
      const at = all.indexOf(event.target);
      if (!step || at < 0) return;
      event.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, at + step))].focus();
    });
    (words.querySelector(".chosen") || words.querySelector(".near") || all[0])?.focus();
  }

  // --- where reading goes on: what is wrong, else what was done
  const first = document.querySelector("[aria-invalid=true]") || document.querySelector("[role=alert]");
  if (first && !words) { if (!first.matches("input,select,textarea")) first.tabIndex = -1; first.focus(); }
})();
