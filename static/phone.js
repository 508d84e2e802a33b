// The visitor's phone: a call is felt and seen in the window's title, where the phone allows it.
"use strict";
(() => {
  const CALL_PATTERN_MS = [400, 200, 400, 200, 800];
  const ticket = () => document.getElementById("ticket");
  const title = document.title;
  let told = "";
  const tell = () => {
    const call = ticket()?.dataset.call ?? "";
    document.title = call || title;
    if (call && call !== told && navigator.vibrate && navigator.userActivation?.hasBeenActive) {
      navigator.vibrate(CALL_PATTERN_MS);
    }
    told = call;
  };
  document.addEventListener("DOMContentLoaded", tell);
  document.addEventListener("htmx:afterSettle", tell);
  // The day is over, or the link is not known any more: the page itself says so.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 404) window.location.reload();
  });
})();
