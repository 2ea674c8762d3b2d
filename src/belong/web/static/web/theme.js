/* Light or dark, and the size of the text, as this member of staff likes them. Runs in the head, before the page
   is painted. Kept on this device only; pages where pupils answer do not load this file. */
(() => {
  "use strict";
  const root = document.documentElement;
  const key = (what) => `belong-${what}`;
  const kept = (what) => { try { return localStorage.getItem(key(what)) || ""; } catch { return ""; } };
  const show = (what, value) => { if (value) root.dataset[what] = value; else delete root.dataset[what]; };

  for (const what of ["theme", "size"]) show(what, kept(what));

  const press = () => {
    for (const button of document.querySelectorAll("[data-look]")) {
      button.setAttribute("aria-pressed", String(button.dataset.value === kept(button.dataset.look)));
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;
    press();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-look]");
    if (!button) return;
    const { look, value } = button.dataset;
    try { localStorage.setItem(key(look), value); } catch { /* a private window: this page only */ }
    show(look, value);
    press();
  });
})();
