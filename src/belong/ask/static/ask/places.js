/* Tapping a place on the plan ticks it in the list. The plan stands where the question is that is being answered.
   Without this script the list does everything. */
(() => {
  "use strict";
  const form = document.querySelector("[data-places]");
  const plan = form && form.querySelector("[data-plan]");
  if (!plan) return;
  const lines = [...form.querySelectorAll("[data-line]")];
  let current = lines.findLast((line) => line.tagName !== "DETAILS" || line.open);

  const ticked = (line) => form.querySelector(`input[name="place-${line.dataset.line}"]:checked`);
  const show = () => {
    const tick = ticked(current);
    for (const box of plan.querySelectorAll("[data-place]")) {
      box.classList.toggle("chosen", Boolean(tick) && box.dataset.place === tick.value);
    }
  };
  /* One more place at a time: the next one is offered once this one is open. */
  const offer = () => lines.forEach((line, at) => {
    line.hidden = at > 1 && !line.open && !lines[at - 1].open;
  });
  const here = (line) => {
    if (current !== line || !line.contains(plan)) {
      current = line;
      line.querySelector("[data-plan-slot]").append(plan);
    }
    show();
  };

  plan.classList.add("tappable");
  plan.addEventListener("click", (event) => {
    const box = event.target.closest("[data-place]");
    const tick = box && form.querySelector(`input[name="place-${current.dataset.line}"][value="${box.dataset.place}"]`);
    if (!tick) return;
    tick.checked = true;
    tick.focus({ preventScroll: true });
    show();
  });
  form.addEventListener("change", (event) => {
    const line = event.target.closest("[data-line]");
    if (line && event.target.name.startsWith("place-")) here(line);
  });
  for (const line of lines) {
    if (line.tagName === "DETAILS") line.addEventListener("toggle", () => { here(line.open ? line : lines[0]); offer(); });
  }
  offer();
  here(current);

  /* Once, however often the button is pressed. */
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "language") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
})();
