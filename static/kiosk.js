// The touch screen: what counts as a press, who is still there, reading aloud, the keyboard.
// Every page works without it; only the question "are you still there?" and the voice need it.
"use strict";
(() => {
  const PRESSABLE = "a[href], button";
  const STILL_THERE_S = 30;
  const panel = () => document.getElementById("panel");
  const byId = (id) => document.getElementById(id);
  const tellLost = (isLost) => { const line = byId("lost"); if (line) line.hidden = !isLost; };

  // --- A press begins on something and counts wherever and whenever the finger is lifted. ---
  let pressed = null;
  let ownClick = false;
  let swallowUntil = 0;
  const letGo = () => { if (pressed) pressed.classList.remove("pressed"); pressed = null; };
  document.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button > 0) return;
    letGo();
    pressed = event.target.closest(PRESSABLE);
    if (pressed) pressed.classList.add("pressed");
  });
  document.addEventListener("pointerup", (event) => {
    if (!event.isPrimary || !pressed) return;
    const target = pressed;
    letGo();
    if (!target.isConnected || target.disabled) return;
    swallowUntil = performance.now() + 400;
    ownClick = true;
    target.click();
    ownClick = false;
  });
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("click", (event) => {
    // The browser's own click after a press we have carried out already (a key press makes none).
    if (ownClick || !event.isTrusted || event.detail === 0 || performance.now() > swallowUntil) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  for (const kind of ["contextmenu", "dragstart", "selectstart"]) {
    document.addEventListener(kind, (event) => { if (!event.target.closest?.("input")) event.preventDefault(); });
  }

  // --- Changing the page without ever showing the browser's own error page. ---
  const go = async (address, options) => {
    try {
      const answer = await fetch(address, options);
      if (!answer.ok) throw new Error(answer.statusText);
      window.location.assign(answer.url);
    } catch {
      tellLost(true);
    }
  };
  const leave = (form) => go(form.action, { method: "POST", body: new FormData(form) });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-leave]")) return;
    event.preventDefault();
    leave(event.target);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // A refusal is a page, too, with a sentence and a way on.
    const isPage = event.detail.boosted && event.detail.xhr.status >= 400;
    if (isPage && event.detail.serverResponse.includes("</html>")) event.detail.shouldSwap = true;
  });

  // --- Is anybody still there? ---
  let touched = performance.now();
  const stay = () => { touched = performance.now(); const asked = byId("still"); if (asked) asked.hidden = true; };
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => { if (byId("still")?.hidden ?? true) stay(); }, true);
  }
  setInterval(() => {
    const idleS = Number(panel()?.dataset.idleS);
    const asked = byId("still");
    if (!idleS || !asked) return;
    if (sound) touched = performance.now();
    const left = Math.ceil(idleS + STILL_THERE_S - (performance.now() - touched) / 1000);
    if (left > STILL_THERE_S) return;
    byId("still-s").textContent = String(Math.max(left, 0));
    if (asked.hidden) { asked.hidden = false; byId("stay").focus(); }
    if (left <= 0) { touched = performance.now() - idleS * 1000; leave(byId("leave")); }
  }, 250);

  // --- Reading aloud ---
  let sound = null;
  const hush = () => { if (sound) sound.pause(); sound = null; };
  const read = (button) => {
    const words = button.textContent;
    if (sound) { hush(); return; }
    sound = new Audio(button.dataset.sound);
    const playing = sound;
    button.textContent = button.dataset.stop;
    const over = () => { if (sound === playing) sound = null; button.textContent = words; };
    for (const kind of ["ended", "pause"]) playing.addEventListener(kind, over);
    playing.addEventListener("error", () => { over(); button.hidden = true; });
    playing.play().catch(over);
  };

  // --- The keyboard on the screen ---
  const type = (key) => {
    const box = byId("typing").elements.q;
    box.value = key === "delete" ? box.value.slice(0, -1) : (box.value + key).slice(0, box.maxLength);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const withTyped = (address) => {
    const whole = new URL(address);
    if (byId("typing")) whole.searchParams.set("q", byId("typing").elements.q.value);
    return whole;
  };

  // --- More below than fits: a button, not a scroll bar ---
  const showMore = () => {
    const rest = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
    const more = byId("more");
    if (more) more.hidden = rest < 24;
  };
  for (const kind of ["resize", "scroll", "load"]) window.addEventListener(kind, showMore);

  document.addEventListener("click", (event) => {
    const target = event.target.closest("a[href], button");
    if (!target) return;
    if (target.id === "stay") stay();
    else if (target.id === "read") read(target);
    else if (target.id === "more") window.scrollBy({ top: window.innerHeight * 0.6 });
    else if (target.matches(".letter")) { event.preventDefault(); type(target.value); }
    else if (target.matches("[data-reload]")) { event.preventDefault(); go(withTyped(target.href)); }
  });
  const begin = () => {
    const goingOn = document.querySelector("[data-go-on-s]");
    if (goingOn) setTimeout(() => { if (goingOn.isConnected) goingOn.requestSubmit(); }, goingOn.dataset.goOnS * 1000);
    const button = byId("read");
    if (button) button.hidden = false;
    showMore();
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target === document.body) { hush(); stay(); begin(); }
    showMore();
  });
  document.addEventListener("DOMContentLoaded", begin);
})();
