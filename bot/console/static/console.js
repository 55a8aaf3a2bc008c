// The pages work without this. With it, alerts come and go without a reload: asked for every second while the page is
// looked at, every five while it is not.
"use strict";

(function () {
  const box = document.getElementById("live");
  if (!box) return;
  const said = document.getElementById("live-said");
  const plain = document.title;
  const FOCUSABLE = "a, button, input:not([type=hidden]), select, summary, textarea";
  let mark = box.dataset.mark;

  function numbers() {
    return [...box.querySelectorAll("[data-alert]")].map((one) => one.dataset.alert);
  }

  // What somebody opened, chose or has begun to write stays theirs while the rest is renewed.
  function kept() {
    const opened = [...box.querySelectorAll("details[id]")].map((one) => [one.id, one.open]);
    const filled = [...box.querySelectorAll("textarea[id], select[id]")].map((one) => [one.id, one.value]);
    const at = document.activeElement;
    const place = [...box.querySelectorAll(FOCUSABLE)].indexOf(at);
    const focus = box.contains(at) ? { id: at.id, place, from: at.selectionStart, to: at.selectionEnd } : null;
    return { opened, filled, focus, numbers: numbers().join() };
  }

  function restore({ opened, filled, focus, numbers: known }) {
    const each = (pairs, set) => pairs.forEach(([id, value]) => {
      const one = document.getElementById(id);
      if (one) set(one, value);
    });
    each(opened, (one, open) => { one.open = open; });
    each(filled, (one, value) => { if (value) one.value = value; });
    if (!focus) return;
    const same = known === numbers().join() ? box.querySelectorAll(FOCUSABLE)[focus.place] : null;
    const one = (focus.id && document.getElementById(focus.id)) || same || document.getElementById("alerts-title");
    one.focus({ preventScroll: true });
    if (focus.from != null && one.setSelectionRange) one.setSelectionRange(focus.from, focus.to);
  }

  function show(html) {
    const known = numbers();
    const before = kept();
    box.innerHTML = html;
    restore(before);
    const fresh = [...box.querySelectorAll("[data-alert]")].filter((one) => !known.includes(one.dataset.alert));
    if (fresh.length > 0) said.textContent = "New: " + fresh[0].querySelector("h3").textContent;
    count();
  }

  function count() {
    const waiting = box.querySelectorAll("[data-alert]:not(.held)").length;
    document.title = waiting > 0 ? "(" + waiting + ") " + plain : plain;
  }

  async function look() {
    try {
      const answer = await fetch(box.dataset.live, { headers: { "If-None-Match": mark }, cache: "no-store" });
      if (answer.status === 401) {
        window.location.assign("/console/sign-in");
        return;
      }
      if (answer.status === 200) {
        mark = answer.headers.get("ETag");
        show(await answer.text());
      }
      box.removeAttribute("data-stale");
    } catch {
      box.setAttribute("data-stale", "");
    }
    window.setTimeout(look, document.hidden ? 5000 : 1000);
  }

  count();
  window.setTimeout(look, 1000);
})();
