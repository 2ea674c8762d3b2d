/* Asking once more: a <details data-confirm> opens as a dialog. Without this script it opens in its place. */
(() => {
  "use strict";

  const dialogFor = (details) => {
    const panel = details.querySelector(".confirm-panel");
    const dialog = document.createElement("dialog");
    const title = panel.querySelector("h2");
    title.id ||= `confirm-${Math.random().toString(36).slice(2)}`;
    dialog.setAttribute("aria-labelledby", title.id);
    const home = document.createComment("confirm");
    panel.replaceWith(home);
    dialog.append(panel);
    document.body.append(dialog);
    const keep = panel.querySelector("[data-keep]");
    keep.hidden = false;
    keep.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => {
      home.replaceWith(panel);
      dialog.remove();
      details.querySelector("summary").focus();
    });
    return { dialog, keep };
  };

  document.addEventListener("click", (event) => {
    const summary = event.target.closest("details[data-confirm] > summary");
    if (!summary) return;
    event.preventDefault();
    const { dialog, keep } = dialogFor(summary.parentElement);
    dialog.showModal();
    keep.focus();
  });
})();
