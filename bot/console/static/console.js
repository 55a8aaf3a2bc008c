// The pages work without this. With it, alerts come and go without a reload: asked for every second while the page is
// looked at, every five while it is not.
"use strict";

(function () {
  const box = document.getElementById("live");
  if (!box) return;
  const said = document.getElementById("live-said");
  const plain = document.title;
  let mark = box.dataset.mark;

  function numbers() {
    return [...box.querySelectorAll("[data-alert]")].map((one) => one.dataset.alert);
  }

  function show(html) {
    const known = numbers();
    const focused = box.contains(document.activeElement) ? document.activeElement.id : "";
    box.innerHTML = html;
    if (focused) (document.getElementById(focused) || document.getElementById("alerts-title")).focus();
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
