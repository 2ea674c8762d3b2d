/* "Read it to me": a recording of the school's own where there is one (data-sounds), else the device's own voices. Text
   never goes to a voice on someone else's machine. A button [data-read="#what, .to .read"] stays hidden where there is
   neither a recording nor a voice of the device's own for the page's language. What is read is marked meanwhile. */
(() => {
  "use strict";
  const speech = window.speechSynthesis;
  const tongue = (piece) => (piece?.closest("[lang]") || document.documentElement).lang.toLowerCase();
  const ownVoice = (piece) => {
    const wanted = tongue(piece);
    const like = (voice) => voice.lang.toLowerCase().replace("_", "-");
    const fitting = (speech?.getVoices() || []).filter((voice) => voice.localService && like(voice).split("-")[0] === wanted.split("-")[0]);
    return fitting.find((voice) => like(voice) === wanted) || fitting[0];
  };

  let reading = null;  // { button, sound } while something is read

  const show = () => {
    for (const button of document.querySelectorAll("[data-read]")) {
      button.hidden = !button.dataset.sounds && !ownVoice(document.querySelector(button.dataset.read));
    }
  };
  const mark = (piece) => {
    for (const old of document.querySelectorAll(".being-read")) old.classList.remove("being-read");
    (piece?.closest(".tile") || piece)?.classList.add("being-read");
  };
  const hush = () => {
    reading?.sound?.pause();
    reading?.button.removeAttribute("aria-pressed");
    reading = null;
    speech?.cancel();
    mark(null);
  };

  /* One player for all of a turn: Safari lets only a player that a finger has started go on by itself. */
  const play = (turn, pieces, sounds) => {
    turn.sound = new Audio();
    let at = -1;
    const instead = () => { if (reading === turn) say(turn, pieces.slice(at)); };
    const next = () => {
      if (reading !== turn) return;
      at += 1;
      if (at >= sounds.length) { hush(); return; }
      mark(pieces[at]);
      turn.sound.src = sounds[at];
      turn.sound.play().catch(instead);
    };
    turn.sound.addEventListener("ended", next);
    next();
  };
  const say = (turn, pieces) => {
    const voice = ownVoice(pieces[0]);
    if (!voice) { hush(); return; }
    turn.sound = null;
    pieces.forEach((piece, i) => {
      const words = new SpeechSynthesisUtterance(piece.innerText.trim());
      words.voice = voice;
      words.lang = voice.lang;
      words.rate = 0.9;
      words.addEventListener("start", () => { if (reading === turn) mark(piece); });
      if (i === pieces.length - 1) words.addEventListener("end", () => { if (reading === turn) hush(); });
      speech.speak(words);
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-read]");
    if (!button) return;
    const again = reading?.button === button;
    hush();
    if (again) return;
    const pieces = [...document.querySelectorAll(button.dataset.read)];
    reading = { button, sound: null };
    button.setAttribute("aria-pressed", "true");
    if (button.dataset.sounds) play(reading, pieces, button.dataset.sounds.split(" "));
    else say(reading, pieces);
  });
  document.addEventListener("belong:hush", hush);
  document.addEventListener("DOMContentLoaded", show);
  speech?.addEventListener?.("voiceschanged", show);
  window.addEventListener("pagehide", hush);
})();
