// A screen that hears of changes says so when the server is lost, and asks by itself meanwhile.
"use strict";
(() => {
  const ASK_AGAIN_MS = 4000;
  const lost = () => document.getElementById("lost");
  const tell = (isLost) => { const line = lost(); if (line) line.hidden = !isLost; };
  document.addEventListener("htmx:sseOpen", () => tell(false));
  document.addEventListener("htmx:sendError", () => tell(true));
  document.addEventListener("htmx:afterOnLoad", () => tell(false));
  // "live" is the event partials listen to: the stream's message, or the clock while there is none.
  let heard = Date.now();
  document.addEventListener("htmx:sseMessage", () => { heard = Date.now(); tell(false); });
  setInterval(() => {
    if (!document.querySelector("[sse-connect]") || !window.htmx) return;
    if (Date.now() - heard > 3 * ASK_AGAIN_MS) window.htmx.trigger(document.body, "live");
  }, ASK_AGAIN_MS);
})();
