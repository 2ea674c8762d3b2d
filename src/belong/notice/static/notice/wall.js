/* A board on a large screen: one note of each side at a time, slowly. Keys: left, right, P or space, F.
   The page asks the server for news by itself; whatever changes, the notes that are shown stay where they are. */
(() => {
  "use strict";

  const PACE = 12000; // one side changes, then the other: each note stays for 24 seconds
  const REST = 4000; // the buttons step back when nobody moves
  let timer = null;
  let paused = false;
  let turn = 0;
  let shown = {};

  const root = document.documentElement;
  const sides = () => [...document.querySelectorAll(".wall-notes")];
  const key = (list) => list.closest("section").id || list.closest("section").className;
  const notes = (list) => [...list.querySelectorAll(".wall-note")];

  /* Show one note of a list; by its number, so that it is found again after the list was fetched anew. */
  const show = (list, note) => {
    for (const one of notes(list)) one.classList.toggle("now", one === note);
    shown[key(list)] = { id: note.dataset.note, at: notes(list).indexOf(note) };
  };

  const settle = () => {
    for (const list of sides()) {
      const all = notes(list);
      const last = shown[key(list)];
      const same = last && all.find((one) => one.dataset.note === last.id);
      show(list, same || all[Math.min(last ? last.at : 0, all.length - 1)]);
    }
  };

  const step = (by) => {
    const moving = sides().filter((list) => notes(list).length > 1);
    if (!moving.length) return;
    if (by < 0) turn -= 1;
    const list = moving[((turn % moving.length) + moving.length) % moving.length];
    if (by > 0) turn += 1;
    const all = notes(list);
    const at = all.findIndex((one) => one.classList.contains("now"));
    show(list, all[(at + by + all.length) % all.length]);
  };

  const play = () => {
    clearInterval(timer);
    timer = paused ? null : setInterval(() => document.hidden || step(1), PACE);
  };

  const pause = () => {
    paused = !paused;
    const button = document.querySelector("[data-pause]");
    button.setAttribute("aria-pressed", String(paused));
    play();
  };

  const move = (by) => {
    step(by);
    play();
  };

  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.();
  };

  let resting = null;
  const wake = () => {
    root.classList.remove("at-rest");
    clearTimeout(resting);
    resting = setTimeout(() => root.classList.add("at-rest"), REST);
  };

  document.addEventListener("DOMContentLoaded", () => {
    root.classList.add("playing");
    document.querySelector("[data-tools]").hidden = false;
    if (!root.requestFullscreen) document.querySelector("[data-full]").hidden = true;
    for (const button of document.querySelectorAll("[data-step]"))
      button.addEventListener("click", () => move(Number(button.dataset.step)));
    document.querySelector("[data-pause]").addEventListener("click", pause);
    document.querySelector("[data-full]").addEventListener("click", full);
    settle();
    // The first notes stand there at once; only a change fades.
    requestAnimationFrame(() => requestAnimationFrame(() => root.classList.add("fading")));
    play();
    wake();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target.closest("button, a");
    if (event.key === "ArrowRight" || event.key === "PageDown") move(1);
    else if (event.key === "ArrowLeft" || event.key === "PageUp") move(-1);
    else if (event.key === "p" || event.key === "P" || (event.key === " " && !onButton)) pause();
    else if (event.key === "f" || event.key === "F") full();
    else return;
    event.preventDefault();
    wake();
  });
  for (const kind of ["pointermove", "focusin"]) document.addEventListener(kind, wake, { passive: true });

  /* Only a list of notes may take the place of the notes: a page to sign in at leaves the display as it stands. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!/^\s*<div id="notes"/.test(event.detail.xhr.responseText)) event.detail.shouldSwap = false;
  });
  for (const kind of ["htmx:afterSwap", "htmx:afterSettle"]) document.addEventListener(kind, settle);
})();
