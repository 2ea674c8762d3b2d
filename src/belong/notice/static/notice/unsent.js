/* A bad line: what could not be sent waits in this page (in its memory, never in the browser's storage: these are words
   about children) and goes as soon as the line is back. Each form keeps its own number, so that the school's machine
   keeps one moment however often it arrives. It is let go of only when an answer names that number. */
(() => {
  "use strict";

  const FIRST = 2000, MOST = 60000, PATIENCE = 10000;
  const waiting = new Map();
  let pause = FIRST, timer = 0, busy = false, leaving = false, why = "", goOn = "";

  const bar = () => document.getElementById("unsent");
  const sheet = () => document.getElementById("sheet");

  const tell = () => {
    const box = bar();
    if (!box) return;
    const n = waiting.size;
    box.hidden = n === 0 && !why;
    box.querySelector("[data-words]").textContent = n === 0 ? "" : n === 1 ? box.dataset.one : box.dataset.many.replace("#", n);
    const line = box.querySelector("[data-why]");
    line.textContent = why;
    line.hidden = !why;
    box.querySelector("[data-try]").hidden = n === 0;
  };

  const later = () => {
    clearTimeout(timer);
    if (waiting.size) timer = setTimeout(sendAll, pause * (0.8 + Math.random() * 0.4));
    pause = Math.min(pause * 2, MOST);
  };

  const keep = (form, request) => {
    const values = [...request.formData.entries()];
    const id = (values.find(([name]) => name === "submission") || [])[1];
    if (!id) return false;
    // The second half of a double tap comes without the button that was pressed: it takes nothing from the first.
    const before = waiting.get(id)?.values || [];
    if (before.every(([name]) => values.some(([other]) => other === name))) {
      waiting.set(id, {
        url: request.path, values, token: request.headers["X-CSRFToken"],
        target: form.getAttribute("hx-target"), select: form.getAttribute("hx-select"),
      });
    }
    pause = FIRST;
    tell();
    later();
    return true;
  };

  // What a request could not do at all, or a machine that is just now not there.
  const isLine = (kind, status) => kind !== "htmx:responseError" || status === 429 || status >= 500;
  for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(kind, (event) => {
      const { elt, xhr, requestConfig } = event.detail;
      if (!isLine(kind, xhr?.status) || !requestConfig) return;
      const form = elt.closest("form[data-keep]");
      if (form && requestConfig.verb === "post" && keep(form, requestConfig)) {
        event.stopImmediatePropagation();
        if (sheet()?.contains(form)) sheet().close();
      } else if (requestConfig.verb === "get" && offline(elt, requestConfig.path)) {
        event.stopImmediatePropagation();
      }
    }, true);
  }

  // The sheet itself could not be fetched: one that came with the page stands in for it.
  const offline = (elt, path) => {
    const plain = document.getElementById("sheet-offline");
    const found = /^(\/pupils\/\d+\/moment\/)(?:\?(.*))?$/.exec(path);
    if (!plain || !found || !sheet()?.showModal || elt.getAttribute("hx-target") !== "#sheet" || sheet().open) return false;
    sheet().replaceChildren(plain.content.cloneNode(true));
    const form = sheet().querySelector("form");
    form.setAttribute("hx-post", found[1]);
    form.elements.submission.value = number();
    form.elements.where.value = new URLSearchParams(found[2] || "").get("where") || "";
    form.elements.next.value = location.pathname + location.search;
    sheet().querySelector("[data-title]").textContent = elt.getAttribute("aria-label") || elt.textContent.trim();
    window.htmx.process(sheet());
    sheet().showModal();
    return true;
  };

  const number = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    const hex = [...b].map((one) => one.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  const ask = async (url, options) => {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(url, { ...options, signal: stop.signal, credentials: "same-origin" });
      return { answer, text: await answer.text() };
    } finally { clearTimeout(clock); }
  };

  const post = (one) => ask(one.url, {
    method: "POST",
    headers: { "HX-Request": "true", "HX-Current-URL": location.href, "X-CSRFToken": one.token || "" },
    body: new URLSearchParams(one.values),
  });

  // Signing in again changes the page's token; a fresh form holds the new one.
  const freshToken = async (one) => {
    const { text } = await ask(one.url, { headers: { "HX-Request": "true" } });
    return new DOMParser().parseFromString(text, "text/html").querySelector("[name=csrfmiddlewaretoken]")?.value;
  };

  const show = (one, answer, text) => {
    const to = answer.headers.get("HX-Retarget") || one.target;
    const style = answer.headers.get("HX-Reswap") || "outerHTML";
    if (answer.headers.get("HX-Redirect")) { goOn = answer.headers.get("HX-Redirect"); return; }
    const place = to && document.querySelector(to);
    window.htmx.swap(place || bar(), text, { swapStyle: place ? style : "none" });
  };

  const refused = (one, text) => {
    if (one.select) window.htmx.swap(one.target, text, { swapStyle: "outerHTML" }, { select: one.select });
    else if (sheet()?.showModal && text.includes("sheet-body")) {
      window.htmx.swap(sheet(), text, { swapStyle: "innerHTML" });
      if (!sheet().open) sheet().showModal();
    } else return false;
    return true;
  };

  const sendOne = async (id, one) => {
    let { answer, text } = await post(one);
    if (answer.status === 403) {
      const token = await freshToken(one);
      if (token) { one.token = token; ({ answer, text } = await post(one)); }
    }
    if (answer.headers.get("Kept") === id) {
      waiting.delete(id);
      show(one, answer, text);
    } else if (answer.status === 422 && refused(one, text)) {
      waiting.delete(id);
    } else if (answer.ok || answer.status === 403) {
      why = bar().dataset.signIn;
    } else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
      waiting.delete(id);
      const note = (one.values.find(([name]) => name === "note") || [])[1];
      why = `${bar().dataset.refused} ${note || one.values.find(([name]) => name === "kind")?.[1] || ""}`;
    } else throw new Error("not now");
  };

  const sendAll = async () => {
    if (busy || !waiting.size) return;
    busy = true;
    why = "";
    try {
      for (const [id, one] of [...waiting]) await sendOne(id, one);
      pause = FIRST;
    } catch { /* the line is still down, or the machine is: later */ }
    busy = false;
    tell();
    if (waiting.size) later();
    else if (goOn) { leaving = true; location.assign(goOn); }
  };

  const tryNow = () => { pause = FIRST; sendAll(); };
  window.addEventListener("online", tryNow);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tryNow(); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#unsent [data-try]")) { tryNow(); return; }
    const link = event.target.closest("a[href]");
    if (!waiting.size || !link || link.target || link.hasAttribute("hx-get") || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href").startsWith("#")) return;
    if (window.confirm(bar().dataset.leave)) { leaving = true; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  window.addEventListener("beforeunload", (event) => {
    if (!waiting.size || leaving) return;
    event.preventDefault();
    event.returnValue = "";
  });
})();
