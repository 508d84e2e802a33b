// Keeps a screen with `sse-connect` true. The stream tells it of changes; whenever the stream is
// away, refused, or silent, the screen asks by itself: parts of it listen to "live" on the body.
// A server that does not answer is said in one line, until it does.
"use strict";
(() => {
  const TURN_MS = 1000;
  const ASK_ALONE_MS = 4000;
  const ASK_BESIDE_STREAM_MS = 10000;  // notices a pulled cable, which closes nothing
  const PATIENCE_MS = 5000;
  if (!window.htmx || !document.querySelector("[sse-connect]")) return;
  let streaming = false;
  let lost = false;
  let asked = Date.now();
  let told = 0;  // number of the last event the stream told of
  let known = 0;  // the same when the last request went out

  const ask = () => {
    asked = Date.now();
    window.htmx.trigger(document.body, "live");
  };
  const tell = (isLost) => {
    lost = isLost;
    const line = document.getElementById("lost");
    if (line) line.hidden = !isLost;
  };

  window.htmx.config.defaultSettleDelay = 0;  // or the new part is deaf for a moment
  // A part that is asking hears nothing new: what came meanwhile is asked for when it is replaced.
  window.htmx.createEventSource = (url) => {
    const source = new EventSource(url, { withCredentials: true });
    source.addEventListener("message", (message) => { told = Number(message.data); });
    return source;
  };
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "get") event.detail.timeout = PATIENCE_MS;
    known = told;
  });
  document.addEventListener("htmx:afterSettle", () => { if (told !== known) ask(); });
  document.addEventListener("htmx:sseOpen", () => { streaming = true; });
  document.addEventListener("htmx:sseError", () => {
    if (streaming) setTimeout(ask);  // at once, to know whether the server or only the stream is gone
    streaming = false;
  });
  document.addEventListener("htmx:sendError", () => tell(true));
  document.addEventListener("htmx:timeout", () => tell(true));
  document.addEventListener("htmx:afterOnLoad", () => tell(false));
  window.addEventListener("online", ask);
  setInterval(() => {
    const pause = streaming && !lost ? ASK_BESIDE_STREAM_MS : ASK_ALONE_MS;
    if (Date.now() - asked >= pause) ask();
  }, TURN_MS);
})();
