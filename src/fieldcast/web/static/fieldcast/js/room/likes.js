// Likes: every tap sends a heart up at once; the server hears of them once a second.
import { shortCount } from "./numbers.js";

const MOST_AT_ONCE = 50;
const MOST_HEARTS = 16;
const TAP_MS = 350;
const TAP_PX = 60;
const csrf = () => document.querySelector("meta[name=csrf-token]").content;

export function arrangeLikes({ url, start }) {
  const form = document.getElementById("like");
  const place = document.getElementById("likes");
  const sky = document.getElementById("hearts");
  let total = start;
  let pending = 0;
  let timer = 0;

  const draw = () => { place.textContent = shortCount(total + pending); };

  function heart() {
    if (sky.children.length >= MOST_HEARTS) return;
    const one = document.createElement("span");
    one.className = `heart heart-${Math.floor(Math.random() * 5)}`;
    one.textContent = "♥";
    one.addEventListener("animationend", () => one.remove());
    sky.append(one);
  }

  async function send() {
    timer = 0;
    const count = Math.min(pending, MOST_AT_ONCE);
    pending = 0;
    total += count;
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" },
        body: new URLSearchParams({ count }),
      });
      if (answer.ok) show((await answer.json()).likes);
    } catch { /* a lost heart is no loss */ }
  }

  function show(likes) {
    total = Math.max(total, likes);
    draw();
  }

  function like() {
    pending += 1;
    heart();
    draw();
    timer ||= setTimeout(send, 1000);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation(); // it is not sent as a form: tapping fast is the point
    like();
  });
  // two taps on the picture itself, close in time and place, and every one that follows as fast
  let last = { at: 0, x: 0, y: 0 };
  document.querySelector(".room-stage").addEventListener("pointerup", (event) => {
    if (!event.target.matches("video, .room-stage, .hearts, .room-top")) return;
    const near = Math.hypot(event.clientX - last.x, event.clientY - last.y) < TAP_PX;
    if (near && event.timeStamp - last.at < TAP_MS) like();
    last = { at: event.timeStamp, x: event.clientX, y: event.clientY };
  });
  return { show };
}
