/* Sending an idea without leaving the page: whatever is refused, or lost on the way, stays on the screen. Without this
   script the form sends itself, and the words come back with the page. */
(() => {
  "use strict";
  const form = document.querySelector("[data-wall]");
  if (!form) return;
  const say = form.dataset;
  const [problem, status, send] = ["problem", "status", "send"].map((name) => form.querySelector(`[data-${name}]`));

  const words = form.querySelector("[data-longest]");
  const count = form.querySelector("[data-count]");
  if (words) {
    const tell = () => {
      const left = Number(words.dataset.longest) - words.value.length;
      count.textContent = (left < 0 ? say.over : say.left).replace("%s", Math.abs(left));
      count.classList.toggle("over", left < 0);
    };
    words.addEventListener("input", tell);
  }

  const refuse = (text) => {
    problem.hidden = false;
    problem.firstElementChild.textContent = text;
    problem.scrollIntoView({ block: "center" });
  };
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name === "language") return;
    event.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    problem.hidden = true;
    status.textContent = say.sending;
    try {
      await form.prepare?.();
      const reply = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const said = await reply.json();
      if (reply.status === 201) {
        window.location.replace(said.next);
        return;
      }
      refuse(said.text);
      status.textContent = "";
    } catch {
      status.textContent = say.offline;
    }
    send.disabled = false;
  });
})();
