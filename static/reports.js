// Folded tables: on paper all are open, and one that was opened stays so when the report grows.
"use strict";
(() => {
  const folds = () => document.querySelectorAll(".folds > details");
  const opened = new Set();
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches(".folds > details")) return;
    if (event.target.open) opened.add(event.target.id);
    else if (event.target.isConnected) opened.delete(event.target.id);
  }, true);
  document.addEventListener("htmx:afterSwap", () => {
    folds().forEach((fold) => { fold.open = opened.has(fold.id); });
  });
  let before = null;
  window.addEventListener("beforeprint", () => {
    before = new Set(opened);
    folds().forEach((fold) => { fold.open = true; });
  });
  window.addEventListener("afterprint", () => {
    if (before) folds().forEach((fold) => { fold.open = before.has(fold.id); });
    before = null;
  });
})();
