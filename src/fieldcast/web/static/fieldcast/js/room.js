// The live room. The server has drawn everything; this follows the session's frames and moves what moves: chat, packs
// left, what is being explained, likes, viewers. Without it the page still shows the goods and sells them.
import { toast } from "./toast.js";
import { arrangeCaptions } from "./room/captions.js";
import { arrangeChat } from "./room/chat.js";
import { arrangeGoods } from "./room/goods.js";
import { arrangeLikes } from "./room/likes.js";
import { shortCount } from "./room/numbers.js";
import { arrangeShare } from "./room/share.js";
import { follow } from "./room/stream.js";
import { arrangeVideo } from "./room/video.js";

const room = document.querySelector("[data-room]");
const config = JSON.parse(document.getElementById("room-config").textContent);
const words = room.dataset;
const live = config.state === "live";
document.documentElement.classList.add("with-script");

const spoken = document.getElementById("spoken");
const speak = (text) => { if (spoken) spoken.textContent = text; };

const chat = live ? arrangeChat({ words, speak }) : null;
const goods = live ? arrangeGoods({ speak, explaining: config.explaining }) : null;
const likes = live ? arrangeLikes({ url: config.urls.like, start: config.likes }) : null;
const captions = live ? arrangeCaptions() : null;
if (live) {
  arrangeVideo({ urls: config.urls, words });
  arrangeShare({ url: config.urls.share, words });
  arrangeElapsed(Date.parse(config.opened));
}

function arrangeElapsed(opened) {
  const place = document.getElementById("elapsed");
  const tick = () => {
    const seconds = Math.max(0, Math.floor((Date.now() - opened) / 1000));
    const parts = [Math.floor((seconds % 3600) / 60), seconds % 60].map((part) => String(part).padStart(2, "0"));
    place.textContent = seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${parts.join(":")}` : parts.join(":");
  };
  tick();
  setInterval(tick, 1000);
}

function showViewers(count) {
  const place = document.getElementById("viewers");
  if (place) place.textContent = shortCount(count);
}

// The session has begun or ended: the page for its new state is the server's to draw, at a moment of each phone's own.
let leaving = false;
function moveOn(state) {
  if (leaving) return;
  leaving = true;
  stream.close();
  if (state !== "live") toast(words.over, "info");
  const go = () => location.reload();
  const sheet = document.querySelector("dialog#sheet[open]");
  if (sheet) sheet.addEventListener("close", go, { once: true }); // nobody is torn out of paying
  else setTimeout(go, 1000 + Math.random() * 3000);
}

function take(frame, { whole = false } = {}) {
  if ("state" in frame && frame.state !== config.state) return moveOn(frame.state);
  if (!live) return undefined;
  if ("viewers" in frame) showViewers(frame.viewers);
  if ("likes" in frame) likes.show(frame.likes);
  if (frame.offers) goods.update(frame.offers);
  if ("explaining" in frame) goods.explain(frame.explaining);
  if (frame.chat) chat.add(frame.chat, { whole });
  if (frame.hidden) chat.hide(frame.hidden);
  if (frame.transcript) captions.add(frame.transcript);
  return undefined;
}

const stream = follow({ urls: config.urls, since: config.since, take });
