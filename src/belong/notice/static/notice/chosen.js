/* Everybody, nobody, and how many are chosen, without asking the server. */
(() => {
  "use strict";

  document.addEventListener("DOMContentLoaded", () => {
    const boxes = [...document.querySelectorAll("[data-chosen] input[type=checkbox]")];
    const count = document.querySelector("[data-count]");
    const tell = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      count.textContent = `${chosen} ${count.dataset.words} ${count.dataset.of}`;
    };
    for (const [name, checked] of [["all", true], ["none", false]]) {
      document.querySelector(`[data-${name}]`)?.addEventListener("click", (event) => {
        event.preventDefault();
        for (const box of boxes) box.checked = checked;
        tell();
      });
    }
    document.addEventListener("change", tell);
    tell();
  });
})();
