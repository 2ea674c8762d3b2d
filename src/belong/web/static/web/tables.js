/* Tables that sort: a press on a head of table.sortable orders the rows by data-sort or by the words in the cell. */
(() => {
  "use strict";

  const worth = (row, column) => {
    const cell = row.cells[column];
    return cell?.dataset.sort ?? cell?.textContent.trim() ?? "";
  };
  const compare = new Intl.Collator(document.documentElement.lang || "en", { numeric: true }).compare;
  // Minus signs as written, and numbers as numbers; an empty cell always comes last.
  const order = (a, b, turn) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    const [x, y] = [a, b].map((text) => Number(text.replace("−", "-").replace(/[\s%+]/g, "")));
    return turn * (Number.isNaN(x) || Number.isNaN(y) ? compare(a, b) : x - y);
  };

  const sort = (head, column) => {
    const table = head.closest("table");
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((a, b) => order(worth(a, column), worth(b, column), down ? -1 : 1));
    body.append(...rows);
  };

  const begin = () => {
    for (const table of document.querySelectorAll("table.sortable:not([data-ready])")) {
      table.dataset.ready = "yes";
      [...table.tHead.rows[0].cells].forEach((head, column) => {
        if (head.hasAttribute("data-no-sort") || !head.textContent.trim()) return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "sort";
        button.append(...head.childNodes);
        button.addEventListener("click", () => sort(head, column));
        head.append(button);
      });
    }
  };
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:load", begin);
})();
