/* Setting a place on the plan: press one corner, then the opposite one. Typing the numbers does the same. */
(() => {
  "use strict";
  const plan = document.querySelector("[data-plan]");
  const form = document.querySelector("[data-area-form]");
  const help = document.querySelector("[data-plan-help]");
  if (!plan || !form) return;
  const field = (name) => form.querySelector(`[name=${name}]`);
  const [, , across, high] = plan.getAttribute("viewBox").split(" ").map(Number);
  const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  let first = null;
  const box = make("g");
  const rect = make("rect");
  box.classList.add("plan-box", "drawing");
  box.append(rect);
  help.hidden = false;
  plan.classList.add("drawable");

  const draw = () => {
    const [left, top, width, height] = ["left", "top", "width", "height"].map((name) => Number(field(name).value));
    if (!width || !height) { box.remove(); return; }
    for (const [name, value] of [["x", left * across], ["y", top * high], ["width", width * across], ["height", height * high]]) {
      rect.setAttribute(name, value / 100);
    }
    plan.append(box);
  };
  plan.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(plan.getScreenCTM().inverse());
    const here = [100 * at.x / across, 100 * at.y / high].map((one) => Math.min(100, Math.max(0, Math.round(one))));
    const other = first || here;
    const set = { left: Math.min(here[0], other[0]), top: Math.min(here[1], other[1]),
      width: Math.max(4, Math.abs(here[0] - other[0])), height: Math.max(6, Math.abs(here[1] - other[1])) };
    for (const [name, value] of Object.entries(set)) field(name).value = value;
    first = first ? null : here;
    draw();
    if (!first && !field("name").value) field("name").focus();
  });
  for (const name of ["left", "top", "width", "height"]) field(name).addEventListener("input", draw);
})();
