/* The classroom screen: arrow keys, the whole screen, and counts that live in this page and nowhere else. */
(() => {
  "use strict";

  const show = (selector) => { for (const one of document.querySelectorAll(selector)) one.hidden = false; };
  const sides = [...document.querySelectorAll("[data-side]")];
  const said = document.querySelector("[data-said]");
  const counts = new Map(sides.map((side) => [side, 0]));

  const count = (side, by) => {
    counts.set(side, Math.max(0, Math.min(999, counts.get(side) + by)));
    side.querySelector("[data-count]").textContent = counts.get(side);
    said.textContent = sides.map((one) => `${one.querySelector("h2").textContent}: ${counts.get(one)}`).join(", ");
  };

  for (const side of sides) {
    side.querySelector("[data-more]").addEventListener("click", () => count(side, 1));
    side.querySelector("[data-less]").addEventListener("click", () => count(side, -1));
  }
  document.querySelector("[data-reset]")?.addEventListener("click", () => {
    for (const side of sides) count(side, -counts.get(side));
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const side = sides.find((one) => one.dataset.side === event.key);
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!side && !link) return;
    event.preventDefault();
    if (side) count(side, event.shiftKey ? -1 : 1);
    else if (!event.repeat) link.click();
  });

  const fill = document.querySelector("[data-fill]");
  if (document.documentElement.requestFullscreen) {
    fill.hidden = false;
    fill.addEventListener("click", () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(() => { fill.hidden = true; });
    });
  }
  show("[data-hint], [data-count], [data-taps], [data-reset]");
})();
