/* Typing a paper sheet in: each key goes on to the next question. Without this script the form is a plain one. */
(() => {
  "use strict";
  const form = document.getElementById("typing");
  if (!form) return;
  const fields = [...form.querySelectorAll(".one-key, textarea")];
  const status = form.querySelector("[data-status]");
  const send = form.querySelector("[data-send]");
  let sent = false;

  const go = (from, by) => {
    const next = fields[fields.indexOf(from) + by];
    if (next) { next.focus(); next.select?.(); } else if (by > 0) send.focus();
  };
  const mark = (field) => {
    const list = field.closest("li").querySelector(".choices");
    if (!list) return;
    for (const one of list.querySelectorAll("[data-code]")) one.classList.toggle("now", one.dataset.code === field.value.toLowerCase());
  };
  const count = () => {
    const values = fields.map((field) => field.value.trim().toLowerCase());
    const rather = values.filter((value) => value === "r").length;
    const left = values.filter((value) => value === "").length;
    status.textContent = [values.length - rather - left, rather, left].reduce((words, n) => words.replace("%s", n), form.dataset.count);
  };
  const set = (field, value) => { field.value = value; mark(field); count(); };

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Enter") form.requestSubmit();
      return;
    }
    if (!field.classList.contains("one-key")) return;
    const key = event.key.toLowerCase();
    const moves = { arrowdown: 1, enter: 1, arrowup: -1 };
    if (key in moves) {
      event.preventDefault();
      go(field, moves[key]);
    } else if (key === " ") {
      event.preventDefault();
      set(field, "");
      go(field, 1);
    } else if (key === "backspace" && field.value === "") {
      event.preventDefault();
      go(field, -1);
    } else if (key.length === 1) {
      event.preventDefault();
      if (key !== "r" && !field.dataset.codes.includes(key)) {
        status.textContent = form.dataset.wrong;
        return;
      }
      set(field, key);
      go(field, 1);
    }
  });
  form.addEventListener("input", (event) => { if (event.target.matches(".one-key")) mark(event.target); count(); });
  form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
  window.addEventListener("beforeunload", (event) => { if (!sent && fields.some((field) => field.value !== field.defaultValue)) event.preventDefault(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  fields.forEach(mark);
  count();
})();
