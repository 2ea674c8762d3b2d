/* Keys for going through a group. They answer only while the focus is inside the box, so that they take nothing
   away from anybody who uses such keys for something else. */
(() => {
  "use strict";

  const box = () => document.getElementById("sorter");

  const begin = () => {
    const now = box();
    if (!now) return;
    for (const hint of now.querySelectorAll(".needs-script")) hint.hidden = false;
    now.focus({ preventScroll: true });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (!box()?.contains(document.activeElement)) return;
    const button = box().querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSettle", begin);
})();
