/* Drawing with a finger, a pen or the mouse; what was drawn goes into the form as a PNG. */
(() => {
  "use strict";
  const part = document.querySelector("[data-draw]");
  const form = part && part.closest("form");
  if (!part || !window.DataTransfer) return;
  part.hidden = false;
  const canvas = part.querySelector("[data-canvas]");
  const field = part.querySelector("[data-drawing]");
  const paper = canvas.getContext("2d");
  const COLOURS = { ink: "#1a1a1a", blue: "#1f5fbf", red: "#c3352b", green: "#2c7a3f", yellow: "#f2c230" };
  let lines = [];
  let line = null;
  let pen = "ink";

  const draw = () => {
    paper.fillStyle = "#ffffff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.lineWidth = 9;
    paper.lineCap = paper.lineJoin = "round";
    for (const one of lines) {
      paper.strokeStyle = COLOURS[one.pen];
      paper.beginPath();
      one.points.forEach(([x, y], at) => (at ? paper.lineTo(x, y) : paper.moveTo(x, y)));
      if (one.points.length === 1) paper.lineTo(one.points[0][0] + 0.1, one.points[0][1]);
      paper.stroke();
    }
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (line) return;
    canvas.setPointerCapture(event.pointerId);
    line = { pen, id: event.pointerId, points: [at(event)] };
    lines.push(line);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!line || line.id !== event.pointerId) return;
    line.points.push(at(event));
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { line = null; });
  part.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-pen]");
    if (chosen) {
      pen = chosen.dataset.pen;
      for (const one of part.querySelectorAll("[data-pen]")) one.setAttribute("aria-pressed", String(one === chosen));
    }
    if (event.target.closest("[data-undo]")) { lines.pop(); draw(); }
    if (event.target.closest("[data-empty]")) { lines = []; draw(); }
  });
  draw();

  /* Called before the form is sent: the drawing, if there is one. */
  form.prepare = async () => {
    const box = new DataTransfer();
    if (lines.length) {
      const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
      box.items.add(new File([blob], "drawing.png", { type: "image/png" }));
    }
    field.files = box.files;
  };
})();
