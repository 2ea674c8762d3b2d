/* Everybody, nobody, and how many are chosen, without asking the server. */
(() => {
  "use strict";

  const boxes = () => [...document.querySelectorAll("[data-chosen] input[type=checkbox]")];
  const tell = () => {
    const count = document.querySelector("[data-count]");
    if (!count) return;
    const chosen = boxes().filter((box) => box.checked).length;
    count.textContent = `${chosen} ${count.dataset.words} ${count.dataset.of}`;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-all], [data-none]");
    if (!link) return;
    event.preventDefault();
    for (const box of boxes()) box.checked = "all" in link.dataset;
    tell();
  });
  document.addEventListener("change", tell);
  document.addEventListener("DOMContentLoaded", tell);
  document.addEventListener("htmx:load", tell);
})();
