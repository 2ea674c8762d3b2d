/* Three pictures in order, tapped in one go; the form sends itself after the third. Without this script each tap is
   sent by itself and the page comes back with what was tapped so far. */
(() => {
  "use strict";
  const form = document.getElementById("pictures");
  if (!form) return;
  const slots = [...form.querySelectorAll(".picked li")];
  const before = form.elements.before;
  const wipe = form.querySelector("[data-wipe]");
  const status = form.querySelector("[data-status]");
  let chosen = before.value ? before.value.split("-") : [];
  let sent = false;

  const draw = () => {
    slots.forEach((slot, i) => {
      const drawing = chosen[i] && form.querySelector(`[name=picture][value="${CSS.escape(chosen[i])}"] svg`);
      slot.replaceChildren(...(drawing ? [drawing.cloneNode(true)] : []));
      slot.classList.toggle("got", Boolean(drawing));
    });
    wipe.hidden = chosen.length === 0;
    status.textContent = chosen.length ? form.dataset.chosen.replace("%s", chosen.length) : "";
  };
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-wipe]")) {
      chosen = [];
      draw();
      form.querySelector(".picture").focus();
      return;
    }
    const picture = event.target.closest(".picture");
    if (!picture) return;
    event.preventDefault();
    if (sent || chosen.length >= slots.length) return;
    chosen.push(picture.value);
    draw();
    if (chosen.length < slots.length) return;
    sent = true;
    before.value = chosen.join("-");
    form.submit();
  });
  /* Brought back from the browser's memory, nothing of the child before stands here. */
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  draw();
})();
