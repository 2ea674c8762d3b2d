/* Recording a few seconds in the browser, heard before they are sent. Without this script, or without a microphone,
   the field for a file is there alone. */
(() => {
  "use strict";
  const KINDS = [["audio/webm;codecs=opus", "webm"], ["audio/mp4", "m4a"], ["audio/ogg;codecs=opus", "ogg"]];
  const part = document.querySelector("[data-say]");
  const kind = window.MediaRecorder && KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));
  if (!part || !kind || !navigator.mediaDevices?.getUserMedia || !window.DataTransfer) return;
  const [start, stop, said, heard] = ["start", "stop", "said", "heard"].map((name) => part.querySelector(`[data-${name}]`));
  const field = part.querySelector("input[type=file]");
  part.querySelector("[data-with-microphone]").hidden = false;

  const ready = (blob) => {
    const box = new DataTransfer();
    box.items.add(new File([blob], `idea.${kind[1]}`, { type: blob.type }));
    field.files = box.files;
    heard.src = URL.createObjectURL(blob);
    heard.hidden = false;
    said.textContent = said.dataset.ready;
  };
  start.addEventListener("click", async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      said.textContent = said.dataset.refused;
      return;
    }
    const pieces = [];
    const recorder = new MediaRecorder(stream, { mimeType: kind[0], audioBitsPerSecond: 48000 });
    const enough = setTimeout(() => stop.click(), (Number(part.dataset.most) - 1) * 1000);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearTimeout(enough);
      for (const track of stream.getTracks()) track.stop();
      stop.hidden = true;
      start.hidden = false;
      ready(new Blob(pieces, { type: kind[0].split(";")[0] }));
      start.focus();
    });
    stop.addEventListener("click", () => recorder.state === "recording" && recorder.stop(), { once: true });
    heard.hidden = start.hidden = true;
    stop.hidden = false;
    said.textContent = said.dataset.recording;
    recorder.start();
    stop.focus();
  });
})();
