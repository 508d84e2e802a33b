// The clerk's desk: keys, and what a live swap must not take away.
"use strict";
(() => {
  const SETTLE_MS = 600; // after the big button changed, a second press is a slip of the finger
  const NUMPAD = /^Numpad(?=\d$)/;
  const desk = () => document.getElementById("desk");
  const all = (selector) => [...(desk()?.querySelectorAll(selector) ?? [])];
  const mainAct = () => document.getElementById("main-act");
  const isOn = (element) => Boolean(element) && !element.disabled;
  const openPanel = () => all("details.panel[open]")[0];
  let paintedAt = performance.now();
  let settleTimer = 0; // while it runs, the big button looks and is at rest
  let heard = 0;
  let pointerDown = false;
  let askLater = false;
  let kept = null;
  let byOwnKey = false; // a letter always means the same act, so it is never a slip

  // --- pressing ---

  const settling = () => settleTimer > 0;
  const showSettling = () => mainAct()?.classList.toggle("settling", settling());
  const settle = () => {
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => { settleTimer = 0; showSettling(); }, SETTLE_MS);
    showSettling();
  };
  const closePanels = (but) => all("details.panel[open]").forEach((panel) => { if (panel !== but) panel.open = false; });
  const openByKey = (summary) => {
    summary.click();
    const panel = summary.parentElement;
    panel.querySelector(panel.open ? ".choices button, .choices input:not([type=hidden])" : "summary")?.focus();
  };
  const press = (element) => {
    byOwnKey = true;
    if (element.tagName === "SUMMARY") openByKey(element); else element.click();
    byOwnKey = false;
  };
  const chooseFrom = (step) => {
    const calls = all(".call:not(:disabled)");
    const now = calls.indexOf(document.activeElement);
    const next = step === 0 ? 0 : now < 0 ? 0 : Math.min(calls.length - 1, Math.max(0, now + step));
    calls[next]?.focus();
  };
  const byKey = (code) => {
    const panel = openPanel();
    const inside = panel?.querySelector(`.choices [data-key="${code}"]:not(:disabled)`);
    if (inside) return inside;
    const own = panel?.classList.contains("up") ? panel.querySelector("summary") : null;
    if (own) return own.dataset.key === code ? own : null;
    return all(`[data-key="${code}"]`).find((element) => isOn(element) && !element.closest(".choices"));
  };
  const escape = () => {
    const panel = openPanel();
    closePanels();
    document.activeElement?.blur();
    panel?.querySelector("summary").focus();
    panel?.querySelector("summary").blur();
  };
  const pressMain = (event) => {
    const focused = document.activeElement;
    const isBox = focused?.matches("input[type=checkbox]");
    if (isBox && event.code !== "Space" && openPanel()?.contains(focused)) {
      event.preventDefault();
      openPanel().querySelector("button.main").click();
      return;
    }
    if (focused?.matches("button, summary, a") || (isBox && event.code === "Space") || openPanel()) {
      if (settling() && focused?.matches(".outcome")) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (isOn(mainAct())) mainAct().click();
  };
  const act = (event) => {
    const code = (event.shiftKey ? "Shift+" : "") + event.code.replace(NUMPAD, "Digit");
    if (code === "Escape") return escape();
    if (code === "ArrowDown" || code === "ArrowUp") { event.preventDefault(); return chooseFrom(code === "ArrowDown" ? 1 : -1); }
    if (code === "KeyL" && !openPanel()) return chooseFrom(0);
    const element = byKey(code);
    if (element) { event.preventDefault(); press(element); }
  };
  document.addEventListener("keydown", (event) => {
    if (!desk() || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.target.matches?.("input:not([type=checkbox]), select, textarea")) return;
    const isMain = ["Space", "Enter", "NumpadEnter"].includes(event.code);
    if (event.repeat) { if (isMain || byKey(event.code)) event.preventDefault(); return; }
    if (isMain) pressMain(event); else act(event);
  });
  document.addEventListener("click", (event) => {
    const main = event.target.closest?.("#main-act");
    if (main && settling() && !byOwnKey) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    if (main?.dataset.choose) {
      event.preventDefault();
      document.getElementById(main.dataset.choose)?.focus();
      settle();
      return;
    }
    // A click leaves no focus behind, or the next Space would press the same button again.
    if (event.detail > 0 && event.target.closest?.("button, summary")) document.activeElement?.blur();
  }, true);
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.panel") && event.target.open) closePanels(event.target);
  }, true);

  // --- a swap under a finger would lose the press: it waits for the finger to lift ---

  document.addEventListener("pointerdown", (event) => {
    pointerDown = true;
    if (!event.target.closest?.("details.panel")) closePanels();
  }, true);
  const lifted = () => setTimeout(() => {
    pointerDown = false;
    if (askLater) { askLater = false; ask(); }
  }, 0);
  document.addEventListener("pointerup", lifted, true);
  document.addEventListener("pointercancel", lifted, true);

  // --- swaps ---

  const ask = () => window.htmx?.trigger(document.body, "live");
  const remember = (isLive) => ({
    isLive,
    visitor: desk().dataset.visitor,
    main: mainAct()?.dataset.act,
    open: all("details[open]").map((element) => element.id),
    focus: desk().contains(document.activeElement) ? document.activeElement.id : "",
    ticks: all("input[type=checkbox]").map((box) => [box.id, box.checked]),
    scrolls: all("[data-keep-scroll]").map((list) => [list.id, list.scrollTop]),
    notice: document.getElementById("notice")?.cloneNode(true),
  });
  const restore = (before) => {
    const sameVisitor = before.visitor === desk().dataset.visitor;
    before.open.forEach((id) => {
      const element = document.getElementById(id);
      const isPanel = element?.classList.contains("panel");
      if (element) element.open = !isPanel || (before.isLive && (sameVisitor || !element.classList.contains("up")));
    });
    if (before.focus) document.getElementById(before.focus)?.focus({ preventScroll: true });
    before.ticks.forEach(([id, checked]) => {
      const box = document.getElementById(id);
      if (box && (before.isLive || box.name === "papers")) box.checked = checked;
    });
    before.scrolls.forEach(([id, top]) => { const list = document.getElementById(id); if (list) list.scrollTop = top; });
    if (before.isLive && before.notice) document.getElementById("notice")?.replaceWith(before.notice);
    if (before.main !== mainAct()?.dataset.act || !sameVisitor) settle(); else showSettling();
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "desk" || !event.detail.shouldSwap) return;
    if (event.detail.xhr.getResponseHeader("HX-Reswap") === "none") return;
    const isLive = event.detail.requestConfig.verb === "get";
    if (isLive && pointerDown) { event.detail.shouldSwap = false; askLater = true; return; }
    kept = remember(isLive);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "desk" || !kept) return;
    const before = kept;
    kept = null;
    paintedAt = performance.now();
    restore(before);
    document.title = desk().dataset.title;
  });
  // While one request is under way others are dropped (a queued one would swallow a press): catch up.
  const catchUp = () => {
    if (!desk() || heard <= Number(desk().dataset.seq)) return;
    if (pointerDown) askLater = true; else ask();
  };
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) setTimeout(catchUp, 0); });
  document.addEventListener("htmx:sseMessage", (event) => { heard = Number(event.detail.data) || heard; });
  document.addEventListener("htmx:responseError", () => {
    const notice = document.getElementById("notice");
    if (notice) { notice.textContent = desk().dataset.refused; notice.className = "notice bad"; }
  });

  // --- time goes on between swaps ---

  setInterval(() => {
    if (!desk()) return;
    const passed = (performance.now() - paintedAt) / 1000;
    all("[data-since]").forEach((element) => {
      const minutes = String(Math.floor((Number(element.dataset.since) + passed) / 60));
      if (element.textContent !== minutes) element.textContent = minutes;
    });
    all("[data-left]").forEach((undo) => {
      const left = Math.ceil(Number(undo.dataset.left) - passed);
      undo.disabled = left <= 0;
      undo.querySelector(".left").textContent = left > 0 ? `${left} ${undo.dataset.unit}` : "";
      if (left <= 0) undo.querySelector(".label").textContent = undo.dataset.plain;
    });
  }, 250);
  document.addEventListener("DOMContentLoaded", () => { if (desk()) document.title = desk().dataset.title; });
})();
