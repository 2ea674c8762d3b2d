/* A tapped stem begins the sentence in the box and leaves the cursor behind it. What was written already stays: a stem in
   front is exchanged, anything else follows the new one. Without this script a stem is a link to the same form. */
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-stem]");
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    const form = link.closest("form");
    const box = form.querySelector("textarea[name=note]");
    const stems = [...form.querySelectorAll("a[data-stem]")].map((one) => one.dataset.stem);
    const before = stems.find((stem) => box.value.startsWith(stem.trim()));
    const rest = before === undefined ? box.value : box.value.slice(before.trim().length);
    box.value = link.dataset.stem + rest.trimStart();
    for (const one of form.querySelectorAll("a[data-stem]")) one.toggleAttribute("aria-current", one === link);
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }, true);
})();
