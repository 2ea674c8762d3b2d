/* Small helps on every page: menus that close, errors that take the focus, text to copy, files to drop,
   and a word when a request did not arrive. Each page works without them. */
(() => {
  "use strict";

  const openMenus = () => document.querySelectorAll("details.menu[open]");

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;

    const copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(copy.dataset.copy).then(() => {
        const words = copy.querySelector("span") || copy;
        const before = words.textContent;
        words.textContent = copy.dataset.copied;
        setTimeout(() => { words.textContent = before; }, 2000);
      });
    }
    if (event.target.closest("[data-print]")) window.print();
  });

  // From an explanation back to the very link that led there: a page can't know which of many it was.
  const LEFT = "left-at";
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    if (/\/(why|missing)\/$/.test(link.pathname)) {
      const at = { page: location.href, href: link.href, place: [...document.links].indexOf(link) };
      sessionStorage.setItem(LEFT, JSON.stringify(at));
    } else if ("return" in link.dataset) {
      sessionStorage.setItem(LEFT, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(LEFT)), back: true }));
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    const at = JSON.parse(sessionStorage.getItem(LEFT));
    if (!at?.back || at.page !== location.href) return;
    sessionStorage.removeItem(LEFT);
    const links = [...document.links];
    const link = links[at.place]?.href === at.href ? links[at.place] : links.find((one) => one.href === at.href);
    link?.closest("details")?.setAttribute("open", "");
    link?.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  const begin = (root) => {
    root.querySelector("[data-focus]")?.focus();
    // The clipboard needs HTTPS or localhost: elsewhere the button would do nothing, so it stays away.
    if (navigator.clipboard) for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
    for (const button of root.querySelectorAll("[data-print]")) button.hidden = false;
  };
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:load", (event) => begin(event.target));

  for (const [kind, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(kind, (event) => {
      event.target.closest?.("[data-drop]")?.classList.toggle("over", over);
    });
  }
  document.addEventListener("change", (event) => {
    const drop = event.target.closest("[data-drop]");
    if (drop) drop.querySelector("output").textContent = [...event.target.files].map((file) => file.name).join(", ");
  });

  const failed = () => {
    const corner = document.getElementById("toasts");
    if (!corner) return;
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.toast = "10";
    toast.textContent = corner.dataset.failed;
    corner.append(toast);
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
})();
