/* The list of a class session is drawn anew after each press. Where the button that was pressed is gone (a name that is
   “not here”), the keyboard goes on at the same button of the next name, or the one before, or at the heading. */
(() => {
  "use strict";
  let next = [];
  let heading = "";
  const kind = (id) => id.replace(/\d+$/, "");
  document.addEventListener("htmx:beforeSwap", (event) => {
    const pressed = document.activeElement;
    const list = pressed?.closest("#live ul");
    next = [];
    if (!list || event.detail.target.id !== "live") return;
    const alike = [...list.querySelectorAll("button[id]")].filter((one) => kind(one.id) === kind(pressed.id));
    const at = alike.indexOf(pressed);
    next = [pressed, ...alike.slice(at + 1), ...alike.slice(0, at).reverse()].map((one) => one.id);
    heading = list.closest("section").querySelector("h2").id;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!next.length || document.activeElement !== document.body) return;
    const there = next.map((id) => document.getElementById(id)).find(Boolean) || document.getElementById(heading) || document.getElementById("call");
    next = [];
    if (!there) return;
    if (there.tagName === "H2") there.tabIndex = -1;
    there.focus();
  });
})();
