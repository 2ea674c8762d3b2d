/* Waiting to be let in: asks every three seconds. Without this script a "Look again" button does it. */
(() => {
  "use strict";
  const place = document.querySelector("[data-wait]");
  if (!place) return;
  place.querySelector("[data-without-script]").hidden = true;

  const look = async () => {
    try {
      const reply = await fetch(place.dataset.wait, { headers: { Accept: "application/json" } });
      const { state } = await reply.json();
      if (state === "in") return location.replace(place.dataset.in);
      if (state === "gone") return location.replace(place.dataset.gone);
    } catch { /* the wi-fi is away: ask again */ }
    setTimeout(look, 3000);
  };
  setTimeout(look, 1500);
})();
