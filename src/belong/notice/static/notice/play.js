/* Hear a name without leaving the page. Without this script the same link opens the sound by itself. */
(() => {
  "use strict";

  let now = null;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-play]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    now?.pause();
    now = new Audio(link.href);
    link.classList.add("playing");
    const done = () => link.classList.remove("playing");
    now.addEventListener("ended", done);
    now.addEventListener("pause", done);
    now.play().catch(() => { done(); window.location.href = link.href; });
  });
})();
