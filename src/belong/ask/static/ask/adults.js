/* Choosing adults by name: find one in the list, never more than the question takes, "Nobody yet" alone. Without this
   script every name stands in the form and the school's machine says what does not go together. */
(() => {
  "use strict";
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  for (const names of document.querySelectorAll("[data-names]")) {
    const question = names.closest("[data-question]");
    const most = Number(question.dataset.most);
    const say = names.dataset;
    const ticks = [...names.querySelectorAll(".name-tile input")];
    const alone = names.querySelector("[data-alone]");
    const no = names.querySelector("[data-no]");
    const words = names.querySelector("[data-chosen-words]");
    const called = (tick) => tick.closest(".name-tile").querySelector("[data-name]").textContent;
    const chosen = () => ticks.filter((tick) => tick.checked);

    const list = (all) => all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} ${say.and} ${all.at(-1)}`;
    const tell = () => {
      const found = chosen();
      words.hidden = false;
      words.textContent = found.length ? say.chosen.replace("%s", list(found.map(called))) : say.none;
    };
    names.addEventListener("change", (event) => {
      const tick = event.target;
      if (tick === no && tick.checked) for (const one of ticks) one.checked = false;
      if (ticks.includes(tick) && tick.checked) {
        no.checked = false;
        if (tick === alone) { for (const one of ticks) one.checked = one === alone; } else alone.checked = false;
        if (chosen().length > most) {
          tick.checked = false;
          words.textContent = say.full.replace("%s", list(chosen().map(called)));
          return;
        }
      }
      tell();
    });
    /* Skip and "I'd rather not say" take ticks away without a change event. */
    question.addEventListener("click", (event) => {
      if (event.target.closest("[data-skip], [data-rather]")) tell();
    });

    const find = names.querySelector("[data-find]");
    if (find) {
      const others = [...names.querySelectorAll("[data-others] li")];
      const status = find.querySelector("[data-find-words]");
      find.hidden = others.length < 8;
      find.querySelector("[data-find-box]").addEventListener("input", (event) => {
        event.stopPropagation();
        const parts = plain(event.target.value).split(/\s+/).filter(Boolean);
        let shown = 0;
        for (const other of others) {
          const fits = parts.every((part) => plain(other.textContent).includes(part));
          other.hidden = !fits && !other.querySelector("input").checked;
          shown += fits ? 1 : 0;
        }
        status.textContent = parts.length ? say.found.replace("%s", shown) : "";
      });
    }
    tell();
  }
})();
