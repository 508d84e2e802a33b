// The live day between two pictures: minutes go on counting, and a picture scrolled aside stays so.
"use strict";
(() => {
  let paintedAt = performance.now();
  const all = (selector) => [...(document.getElementById("now")?.querySelectorAll(selector) ?? [])];
  const aside = new Map();  // id → how far it was scrolled

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target.id !== "now") return;
    all("[data-keep-scroll]").forEach((element) => aside.set(element.id, element.scrollLeft));
  });
  document.addEventListener("htmx:afterSwap", () => {
    paintedAt = performance.now();
    all("[data-keep-scroll]").forEach((element) => { element.scrollLeft = aside.get(element.id) ?? 0; });
  });
  setInterval(() => {
    const passed = (performance.now() - paintedAt) / 1000;
    all("[data-since]").forEach((element) => {
      const seconds = Number(element.dataset.since) + passed;
      const minutes = String(Math.floor(seconds / 60));
      if (element.textContent !== minutes) element.textContent = minutes;
      const late = Number(element.dataset.late);
      element.classList.toggle("late", late > 0 && seconds > late);
    });
  }, 1000);
})();
