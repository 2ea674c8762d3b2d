/* "Read it to me" with the device's own voices only: text never goes to a voice on someone else's machine.
   Buttons [data-read="#id"] stay hidden where the device has no voice of its own for the page's language. */
(() => {
  "use strict";
  const speech = window.speechSynthesis;
  if (!speech) return;

  const language = () => document.documentElement.lang.slice(0, 2).toLowerCase();
  const ownVoice = () => {
    const fitting = speech.getVoices().filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language()));
    return fitting.find((voice) => voice.lang.toLowerCase().replace("_", "-") === document.documentElement.lang.toLowerCase()) || fitting[0];
  };

  const show = () => {
    const found = Boolean(ownVoice());
    for (const button of document.querySelectorAll("[data-read]")) button.hidden = !found;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-read]");
    if (!button) return;
    if (speech.speaking) { speech.cancel(); return; }
    const parts = [...document.querySelectorAll(button.dataset.read)].map((element) => element.innerText.trim());
    const words = new SpeechSynthesisUtterance(parts.join(". "));
    words.voice = ownVoice();
    words.lang = words.voice.lang;
    words.rate = 0.9;
    speech.speak(words);
  });
  document.addEventListener("DOMContentLoaded", show);
  speech.addEventListener?.("voiceschanged", show);
  window.addEventListener("pagehide", () => speech.cancel());
})();
