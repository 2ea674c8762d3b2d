/* One question per screen. Answers live in the form on this page and nowhere else: no storage, no drafts. The sheet
   is sent with its id until the school's machine says it has it, so a lost connection loses and doubles nothing. */
(() => {
  "use strict";
  const form = document.getElementById("sheet");
  if (!form || !window.fetch || !window.URLSearchParams) return;
  const say = form.dataset;
  const fill = (words, ...values) => values.reduce((text, value) => text.replace("%s", value), words);

  const questions = [...form.querySelectorAll("[data-question]")];
  const finish = form.querySelector("[data-finish]");
  const screens = [...questions, finish];
  const status = form.querySelector("[data-status]");
  let at = 0;
  let dirty = false;
  let sending = false;
  let kept = false;

  /* --- laying out ------------------------------------------------------------------------------------------- */
  const piece = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  form.classList.add("one-by-one");
  if (questions.length > 14) form.classList.add("many");
  form.prepend(piece("above"));
  const dots = form.querySelector(".dots");
  for (let i = 0; i < questions.length; i += 1) dots.append(document.createElement("li"));
  const where = form.querySelector("#where");
  for (const heading of form.querySelectorAll("[data-question] .question-text")) heading.setAttribute("aria-describedby", "where");
  for (const question of questions) question.append(document.getElementById("steps").content.cloneNode(true));
  /* A box that is closed just now has nothing to answer: only Back and Next stand under it. */
  const closed = (question) => question.dataset.question === "closed";
  for (const question of questions.filter(closed)) {
    for (const button of question.querySelectorAll("[data-rather], [data-skip]")) button.remove();
  }
  for (const part of form.querySelectorAll(".step-only")) part.hidden = false;
  questions[0].querySelector("[data-back]").hidden = true;

  /* --- one question ----------------------------------------------------------------------------------------- */
  const tiles = (question) => [...question.querySelectorAll(".tile input")];
  const box = (question) => question.querySelector("textarea");
  const no = (question) => question.querySelector("[data-no]");
  const chosen = (question) => tiles(question).some((tile) => tile.checked) || Boolean(box(question)?.value.trim());
  const answered = (question) => closed(question) || chosen(question) || no(question).checked;
  const hint = (question, words) => { question.querySelector("[data-hint]").textContent = words; };

  const refresh = (question) => {
    if (closed(question)) return;
    question.querySelector("[data-rather]").setAttribute("aria-pressed", String(no(question).checked));
    const area = box(question);
    if (!area) return;
    const left = Number(area.dataset.longest) - [...area.value.trim()].length;
    const count = question.querySelector(".letters");
    count.textContent = fill(left < 0 ? say.over : say.left, Math.abs(left));
    count.classList.toggle("over", left < 0);
    area.toggleAttribute("aria-invalid", left < 0);
  };
  const clear = (question) => {
    for (const tile of tiles(question)) tile.checked = false;
    no(question).checked = false;
    if (box(question)) box(question).value = "";
  };

  /* --- moving ----------------------------------------------------------------------------------------------- */
  const show = (index, focus = true) => {
    document.dispatchEvent(new Event("belong:hush"));
    at = Math.max(0, Math.min(index, screens.length - 1));
    screens.forEach((screen, i) => { screen.hidden = i !== at; });
    form.elements.at.value = at;
    [...dots.children].forEach((dot, i) => {
      dot.className = i === at ? "now" : i < at ? "done" : "";
      if (i === at) dot.setAttribute("aria-current", "step"); else dot.removeAttribute("aria-current");
    });
    where.textContent = fill(say.number, Math.min(at + 1, questions.length), questions.length);
    if (at < questions.length) { hint(questions[at], ""); refresh(questions[at]); } else countSkipped();
    if (focus) {
      screens[at].querySelector(".question-text").focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  };
  const countSkipped = () => {
    const skipped = questions.filter((question) => !answered(question)).length;
    finish.querySelector("[data-skipped-words]").textContent = skipped ? fill(say.skipped, skipped) : say.skippedNone;
  };
  const next = () => {
    const question = questions[at];
    if (!answered(question)) return hint(question, box(question) ? say.write : say.pick);
    if (box(question)?.hasAttribute("aria-invalid")) return box(question).focus();
    return show(at + 1);
  };

  form.addEventListener("click", (event) => {
    const press = (name) => event.target.closest(`[data-${name}]`);
    if (press("next")) next();
    else if (press("back")) show(at - 1);
    else if (press("skip")) { clear(questions[at]); dirty = true; show(at + 1); }
    else if (press("rather")) { clear(questions[at]); no(questions[at]).checked = true; dirty = true; show(at + 1); }
  });
  form.addEventListener("input", (event) => {
    dirty = true;
    const question = event.target.closest("[data-question]");
    if (!question) return;
    if (event.target === box(question)) no(question).checked = false;
    hint(question, "");
    refresh(question);
  });

  /* --- keys: a digit chooses, Enter goes on, arrows go among the answers ------------------------------------- */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || at >= questions.length) return;
    if (event.target.closest(".menu")) return;
    const question = questions[at];
    const writing = event.target.matches("textarea");
    const finding = event.target.matches("[type=search]");
    if (finding) {
      if (event.key === "Enter") event.preventDefault();
    } else if (event.key === "Enter" && !writing && !event.target.closest("button, summary, a")) {
      event.preventDefault();
      next();
    } else if (!writing && /^[1-9]$/.test(event.key)) {
      const tile = tiles(question)[Number(event.key) - 1];
      if (tile) { tile.focus(); tile.click(); }
    } else if (event.key.startsWith("Arrow") && event.target.matches(".question-text, body")) {
      const first = tiles(question).find((tile) => tile.checked) || tiles(question)[0];
      if (first) { event.preventDefault(); first.focus(); }
    }
  });

  /* --- sending ------------------------------------------------------------------------------------------------ */
  const tell = (words, trouble = false) => {
    status.textContent = words;
    status.classList.toggle("trouble", trouble);
  };
  const pause = (ms) => new Promise((done) => {
    const timer = setTimeout(done, ms);
    window.addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
  });
  const attempt = async (body) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), 20000);
    try {
      const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: patience.signal });
      if (reply.status >= 500 || reply.status === 429) return null;
      return { ok: reply.status === 201, ...(await reply.json()) };
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  };
  const send = async () => {
    if (sending || kept) return;
    sending = true;
    const button = form.querySelector("[data-send]");
    button.setAttribute("aria-disabled", "true");
    tell(say.sending);
    const body = new URLSearchParams(new FormData(form));
    let reply = null;
    for (let tries = 0; !reply; tries += 1) {
      reply = await attempt(body);
      if (!reply) {
        tell(say.waiting, true);
        await pause(Math.min(15000, 1000 * 2 ** tries));
      }
    }
    sending = false;
    button.removeAttribute("aria-disabled");
    if (reply.ok) {
      kept = true;
      form.reset();
      location.replace(reply.next);
      return;
    }
    tell(reply.text, true);
    const wrong = reply.item && form.elements[`q-${reply.item}`];
    if (wrong) {
      show(questions.indexOf((wrong[0] || wrong).closest("[data-question]")));
      hint(questions[at], reply.text);
      tell("");
    } else if (reply.state === "refused") {
      kept = true;
    }
  };
  /* Another language: the same page comes anew with everything that stands in it. Without a connection it would be lost
     on the way, so that is asked first. */
  let leaving = false;
  const drawAnew = async (button) => {
    try {
      await fetch(document.querySelector("link[rel=icon]").href, { method: "HEAD", cache: "no-store" });
    } catch {
      tell(say.offline, true);
      return;
    }
    leaving = true;
    button.click();
  };
  form.addEventListener("submit", (event) => {
    if (leaving) return;
    if (event.submitter?.hasAttribute("formaction")) {
      event.preventDefault();
      if (!sending && !kept) drawAnew(event.submitter);
      return;
    }
    if ("trial" in say) { kept = true; return; }
    event.preventDefault();
    if (at >= questions.length) send(); else next();
  });

  /* What a fold opens comes up from beneath the row with Next. */
  form.addEventListener("toggle", (event) => { if (event.target.open) event.target.scrollIntoView({ block: "nearest" }); }, true);

  window.addEventListener("offline", () => tell(say.offline, true));
  window.addEventListener("online", () => { if (!sending) tell(say.online); });
  window.addEventListener("beforeunload", (event) => { if (dirty && !kept && !leaving) event.preventDefault(); });
  /* A page brought back from the browser's memory would show this child's answers to the next one. */
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  dirty = questions.some((question) => !closed(question) && answered(question));  // drawn anew, with answers in it
  const wrong = questions.findIndex((question) => question.querySelector(".note.stop"));
  show(wrong >= 0 ? wrong : Number(form.elements.at.value), false);
})();
