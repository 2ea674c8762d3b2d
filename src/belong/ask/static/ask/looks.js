/* How it looks, changed at once. It lasts as long as the page; where somebody came as themselves, the school's machine
   keeps it for them (it knows that from the page's own pass). Nothing is stored in the browser. */
(() => {
  "use strict";
  const form = document.getElementById("sheet");
  const menu = document.querySelector(".look");
  if (!form || !menu || !window.fetch) return;
  const root = document.documentElement;
  menu.querySelector(".without-script")?.remove();

  const chosen = () => Object.fromEntries([...menu.querySelectorAll("[data-look]:checked")].map((one) => [one.dataset.look, one.value]));
  const show = () => {
    const look = chosen();
    if (look.tint && !look.theme) look.theme = "light";
    for (const [what, value] of Object.entries(look)) {
      if (value) root.dataset[what] = value; else delete root.dataset[what];
    }
  };
  const keep = () => {
    if (!form.dataset.lookAt) return;
    const body = new URLSearchParams({ pass: form.elements.pass.value });
    for (const [what, value] of Object.entries(chosen())) body.set(`look-${what}`, value);
    fetch(form.dataset.lookAt, { method: "POST", body }).catch(() => {});
  };
  menu.addEventListener("change", () => { show(); keep(); });

  /* One menu at a time, and none over the question once something else is pressed. */
  const close = (but) => {
    for (const open of document.querySelectorAll(".tools details[open]")) if (open !== but) open.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest(".tools details")));
  document.addEventListener("keydown", (event) => {
    const open = event.target.closest(".tools details[open]");
    if (event.key !== "Escape" || !open) return;
    close();
    open.querySelector("summary").focus();
  });
})();
