// Each new call is marked for some seconds and spoken once: never one that was there when the page
// came, never one that was taken back or is long over.
"use strict";
(() => {
  const WAITING_MOST = 4;
  const FLASH_MS = 4000;
  const LONGEST_CALL_MS = 40000;
  const board = () => document.getElementById("board");
  const player = document.getElementById("voice");
  const button = document.getElementById("sound-on");
  const firstSeen = new Map();
  let heard = Number(board().dataset.seq);
  let line = [];
  let watch = 0;
  let speaking = false;

  const mark = () => {
    for (const call of document.querySelectorAll("[data-call]")) {
      const seq = Number(call.dataset.call);
      if (seq <= heard && !firstSeen.has(seq)) continue;
      if (!firstSeen.has(seq)) firstSeen.set(seq, performance.now());
      const age = performance.now() - firstSeen.get(seq);
      if (age > FLASH_MS) continue;
      call.style.animationDelay = `-${age}ms`;
      call.classList.add("fresh");
    }
  };

  const listen = () => {
    const seq = Number(board().dataset.seq);
    if (seq < heard) line = [];  // another server's numbers: begin anew
    const calls = JSON.parse(board().dataset.calls);
    const standing = new Set(calls.map(([number]) => number));
    line = line.filter(([number]) => standing.has(number));
    line.push(...calls.filter(([number]) => seq >= heard && number > heard));
    line = line.slice(-WAITING_MOST);
    heard = seq;
    speak();
  };

  const speak = () => {
    if (!player || speaking || !line.length) return;
    speaking = true;
    watch = setTimeout(done, LONGEST_CALL_MS);
    player.src = line.shift()[1];
    player.play().then(() => blocked(false), (reason) => {
      blocked(reason.name === "NotAllowedError");
      done();
    });
  };

  const done = () => {
    clearTimeout(watch);
    if (!speaking) return;
    speaking = false;
    speak();
  };

  const blocked = (isBlocked) => { button.hidden = !isBlocked; };

  // Browsers may forbid sound until somebody has touched the page: find out before the first call.
  const tryQuietly = () => {
    const test = new Audio(player.dataset.try);
    test.volume = 0.001;
    test.play().then(() => { test.pause(); blocked(false); },
      (reason) => { if (reason.name === "NotAllowedError") blocked(true); });
  };

  document.addEventListener("htmx:afterSettle", () => { mark(); listen(); });
  if (!player) return;
  player.addEventListener("ended", done);
  player.addEventListener("error", done);
  button.addEventListener("click", () => {
    blocked(false);
    player.src = player.dataset.try;
    player.play().catch(() => blocked(true));
  });
  tryQuietly();
})();
