/* Recording in the browser: a few seconds, heard before they are kept. The recording goes into the same file
   field that a chosen file would; without this script, or without a microphone, that field is there alone. */
(() => {
  "use strict";

  const KINDS = [["audio/webm;codecs=opus", "webm"], ["audio/mp4", "m4a"], ["audio/ogg;codecs=opus", "ogg"]];
  const form = document.querySelector("[data-recorder]");
  const kind = window.MediaRecorder && KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));
  if (!form || !kind || !navigator.mediaDevices?.getUserMedia || !window.DataTransfer) return;

  const part = (name) => form.querySelector(`[data-${name}]`);
  const [start, stop, said, heard, file, keep] = ["start", "stop", "said", "heard", "file", "keep"].map(part);
  const field = form.querySelector("input[type=file]");
  const wrong = Boolean(form.querySelector(".wrong"));
  part("with-microphone").hidden = false;
  file.open = wrong;
  keep.hidden = !wrong;

  const ready = (blob) => {
    const box = new DataTransfer();
    box.items.add(new File([blob], `sound.${kind[1]}`, { type: blob.type }));
    field.files = box.files;
    heard.src = URL.createObjectURL(blob);
    heard.hidden = keep.hidden = false;
    said.textContent = said.dataset.ready;
    keep.focus();
  };

  start.addEventListener("click", async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      said.textContent = said.dataset.refused;
      file.open = true;
      return;
    }
    const pieces = [];
    const recorder = new MediaRecorder(stream, { mimeType: kind[0], audioBitsPerSecond: 48000 });
    const enough = setTimeout(() => stop.click(), Number(form.dataset.most) * 1000);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearTimeout(enough);
      for (const track of stream.getTracks()) track.stop();
      stop.hidden = true;
      start.hidden = false;
      ready(new Blob(pieces, { type: kind[0].split(";")[0] }));
    });
    stop.addEventListener("click", () => recorder.state === "recording" && recorder.stop(), { once: true });
    heard.hidden = start.hidden = true;
    stop.hidden = false;
    said.textContent = said.dataset.recording;
    recorder.start();
    stop.focus();
  });

  field.addEventListener("change", () => { keep.hidden = !field.files.length; });
})();
