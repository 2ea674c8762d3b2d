/* A number pad to press, beside typing. The form sends itself after the fourth digit. */
(() => {
  "use strict";
  const keys = document.querySelector(".keys");
  const input = document.getElementById("number");
  if (!keys || !input) return;
  keys.hidden = false;
  input.inputMode = "none"; // the pad is here: no second one from the device
  let sent = false;

  const maybeSend = () => {
    if (sent || !/^\d{4}$/.test(input.value)) return;
    sent = true;
    input.form.submit();
  };
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]");
    if (!key) return;
    input.value = key.dataset.key ? (input.value + key.dataset.key).slice(0, 4) : input.value.slice(0, -1);
    maybeSend();
  });
  input.addEventListener("input", maybeSend);
})();
