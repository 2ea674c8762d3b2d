/* The moment sheet: opens what a + fetched, closes once the moment is kept, gives the focus back.
   Without this script the same links lead to a page of their own. */
(() => {
  "use strict";

  const sheet = document.getElementById("sheet");
  if (!sheet || !sheet.showModal) return;

  document.addEventListener("htmx:afterSwap", (event) => {
    if (!sheet.contains(event.detail.target) || sheet.open) return;
    sheet.showModal();
  });

  // A kept moment changes something outside the sheet; an unkept one stays in it, words and all.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asked = event.detail.requestConfig?.elt;
    if (sheet.open && asked && sheet.contains(asked) && !sheet.contains(event.detail.target)) sheet.close();
  });

  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
  });
  sheet.addEventListener("close", () => sheet.replaceChildren());
})();
