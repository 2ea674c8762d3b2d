/* What was just done leaves after its seconds (data-toast), but never while it is pointed at or holds the focus. */
(() => {
  "use strict";

  const start = (toast) => {
    if (toast.dataset.running) return;
    toast.dataset.running = "yes";
    let left = Number(toast.dataset.toast || 10);
    const clock = setInterval(() => {
      if (!toast.isConnected) { clearInterval(clock); return; }
      if (toast.matches(":hover, :focus-within")) return;
      left -= 1;
      if (left > 0) return;
      clearInterval(clock);
      toast.classList.add("going");
      setTimeout(() => toast.remove(), 300);
    }, 1000);
  };
  const startAll = () => { for (const toast of document.querySelectorAll("[data-toast]")) start(toast); };

  document.addEventListener("DOMContentLoaded", () => {
    startAll();
    const corner = document.getElementById("toasts");
    if (corner) new MutationObserver(startAll).observe(corner, { childList: true, subtree: true });
  });
  // An undone deed needs no further word.
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) event.target.closest?.("[data-toast]")?.remove();
  });
})();
