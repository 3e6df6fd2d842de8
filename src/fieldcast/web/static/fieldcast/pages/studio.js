// The host's live view. The server has drawn everything; this follows the room's frames and moves what moves: packs left
// and sold, what is being explained, likes, viewers, questions, chat, the words kept. What is typed is never touched by
// a frame, and goes only when the server has taken it. Text is only ever put as text.
import { saying, shortCount, yuan } from "../js/room/numbers.js";
import { follow } from "../js/room/stream.js";
import { toast } from "../js/toast.js";

const KEPT = 200;
const config = JSON.parse(document.getElementById("studio-config").textContent);
const studio = document.querySelector("[data-studio]");
const words = studio.dataset;
const at = (id) => document.getElementById(id);
const lists = { goods: at("goods"), questions: at("questions"), answered: at("answered"), chat: at("chat"), lines: at("lines") };

// --- elapsed ---
const opened = Date.parse(config.opened);
function tick() {
  const seconds = Math.max(0, Math.floor((Date.now() - opened) / 1000));
  const parts = [Math.floor((seconds % 3600) / 60), seconds % 60].map((part) => String(part).padStart(2, "0"));
  at("elapsed").textContent = seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${parts.join(":")}` : parts.join(":");
}
tick();
setInterval(tick, 1000);

// --- one panel at a time on a phone ---
const tabs = at("tabs");
function show(name) {
  for (const button of tabs.querySelectorAll("[data-panel]")) button.setAttribute("aria-pressed", String(button.dataset.panel === name));
  for (const panel of studio.querySelectorAll(".panel")) panel.classList.toggle("is-shown", panel.id === `panel-${name}`);
  if (name === "chat") toEnd(lists.chat);
  if (name === "said") toEnd(lists.lines);
}
tabs.addEventListener("click", (event) => {
  const button = event.target.closest("[data-panel]");
  if (button) show(button.dataset.panel);
});

const nearEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < 80;
const toEnd = (list) => { list.scrollTop = list.scrollHeight; };
const clock = (time) => new Date(time).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
const newKey = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// --- goods ---
function soldInAll() {
  return [...lists.goods.querySelectorAll("[data-sold]")].reduce((sum, place) => sum + Number(place.textContent), 0);
}

let fetching = 0;
function fetchGoods() { // an offer this page does not know was added elsewhere
  if (fetching) return;
  fetching = setTimeout(async () => {
    try {
      const answer = await fetch(location.href);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("goods");
      if (!answer.ok || !fresh) return;
      lists.goods.replaceChildren(...fresh.children);
      window.htmx?.process(lists.goods);
    } catch { /* the next frame tries again */ } finally { fetching = 0; }
  }, 300);
}

function write(place, number) { // a figure that moved shows for a moment that it did
  if (place.textContent === String(number)) return;
  place.textContent = number;
  place.classList.remove("is-new");
  requestAnimationFrame(() => place.classList.add("is-new"));
}

function updateOffers(offers) {
  for (const [id, facts] of Object.entries(offers)) {
    const row = lists.goods.querySelector(`[data-offer="${id}"]`);
    if (!row) { fetchGoods(); continue; }
    const packs = facts.units ?? Number(row.dataset.packs);
    row.dataset.packs = packs;
    row.querySelector("[data-all]").textContent = packs;
    if ("left" in facts) {
      write(row.querySelector("[data-left]"), facts.left);
      row.querySelector("progress").max = packs;
      row.querySelector("progress").value = packs - facts.left;
    }
    if ("sold" in facts) write(row.querySelector("[data-sold]"), facts.sold);
    if (facts.price_fen) row.querySelector("[data-price]").textContent = yuan(facts.price_fen);
    if (facts.state) row.classList.toggle("is-closed", facts.state !== "open");
  }
  at("packs").textContent = soldInAll().toLocaleString("en");
}

function explain(id) {
  for (const row of lists.goods.querySelectorAll("[data-offer]")) row.classList.toggle("is-explained", row.dataset.offer === String(id));
}

// --- questions and chat ---
function copyOf(name) {
  return at(name).content.firstElementChild.cloneNode(true);
}

function arm(element, id) { // give a copied line its way out of sight
  const link = element.querySelector("[data-hide]");
  const url = words.hideUrl.replace("/0/", `/${id}/`);
  link.href = url;
  link.setAttribute("hx-get", url);
}

function drawQuestion(message) {
  const item = copyOf("question-template");
  item.dataset.question = message.id;
  item.dataset.message = message.id;
  item.querySelector("[data-name]").textContent = message.name;
  item.querySelector("[data-time]").textContent = clock(message.at);
  item.querySelector("[data-text]").textContent = message.text;
  item.querySelector("[name=question]").value = message.id;
  item.querySelector("[name=once]").value = newKey();
  item.querySelector("[name=text]").id = `answer-${message.id}`;
  item.querySelector("label").htmlFor = `answer-${message.id}`;
  arm(item, message.id);
  return item;
}

function drawLine(message) {
  const item = copyOf("line-template");
  const host = message.kind === "answer" || message.kind === "notice";
  item.classList.toggle("is-host", host);
  item.dataset.message = message.id;
  item.querySelector("[data-name]").textContent = host ? words.host : message.name;
  item.querySelector("[data-text]").textContent = message.text;
  arm(item, message.id);
  return item;
}

const held = new Map(); // answers that came while words for the same question were being typed
function answered(message) {
  const waiting = lists.questions.querySelector(`[data-question="${message.answers}"]`);
  let item = lists.answered.querySelector(`[data-answered="${message.answers}"]`);
  if (waiting) {
    if (waiting.querySelector("[name=text]").value.trim()) { held.set(waiting.dataset.question, message); return; }
    item = document.createElement("li");
    item.dataset.answered = message.answers;
    const asked = document.createElement("span");
    asked.className = "xs muted";
    asked.textContent = saying(waiting.querySelector("[data-name]").textContent, waiting.querySelector("[data-text]").textContent);
    item.append(asked);
    lists.answered.prepend(item);
    waiting.remove();
  }
  item?.append(document.createElement("br"), message.text);
}

const seen = new Set([...document.querySelectorAll("[data-message], [data-answered]")].map((item) => item.dataset.message ?? item.dataset.answered));
function addChat(messages) {
  const follows = nearEnd(lists.chat);
  for (const message of messages) {
    if (seen.has(String(message.id))) continue;
    seen.add(String(message.id));
    if (message.kind === "question") {
      const item = drawQuestion(message);
      lists.questions.append(item);
      window.htmx?.process(item);
      continue;
    }
    if (message.kind === "answer") answered(message);
    const line = drawLine(message);
    lists.chat.append(line);
    window.htmx?.process(line);
  }
  while (lists.chat.children.length > KEPT) lists.chat.firstElementChild.remove();
  if (follows) toEnd(lists.chat);
  count();
}

function hide(ids) {
  for (const id of ids) document.querySelectorAll(`[data-message="${id}"], [data-answered="${id}"]`).forEach((item) => item.remove());
  count();
}

function count() {
  const waiting = lists.questions.children.length;
  at("open-count").textContent = waiting;
  at("open-count").classList.toggle("is-none", waiting === 0);
  at("no-questions").hidden = waiting > 0;
  at("answered-count").textContent = lists.answered.children.length;
  at("no-chat").hidden = lists.chat.children.length > 0;
}

// --- words kept ---
function addLines(lines) {
  const follows = nearEnd(lists.lines);
  for (const line of lines) {
    if (lists.lines.querySelector(`[data-line="${line.id}"]`)) continue;
    const item = document.createElement("li");
    item.dataset.line = line.id;
    const time = document.createElement("time");
    time.className = "xs muted";
    time.dateTime = line.at;
    time.textContent = clock(line.at);
    const text = document.createElement("span");
    text.textContent = line.text;
    item.append(time, " ", text);
    lists.lines.append(item);
  }
  if (follows) toEnd(lists.lines);
}

// --- what was sent is cleared when it was taken, and not before ---
document.addEventListener("htmx:beforeRequest", (event) => {
  const text = event.detail.elt.matches?.("form.say") && event.detail.elt.querySelector("[name=text]");
  if (text && !text.value.trim()) event.preventDefault();
});
document.addEventListener("studio:sent", (event) => {
  const form = event.target.closest("form");
  form.querySelector("[name=text]").value = "";
  form.querySelector("[name=once]").value = newKey();
  const question = form.closest("[data-question]")?.dataset.question;
  if (!held.has(question)) return;
  answered(held.get(question));
  held.delete(question);
  count();
});

// --- the room's frames ---
let leaving = false;
function moveOn() {
  if (leaving) return;
  leaving = true;
  stream.close();
  toast(words.over, "info");
  setTimeout(() => location.reload(), 1200);
}

function take(frame) {
  if ("state" in frame && frame.state !== config.state) { moveOn(); return; }
  if ("viewers" in frame) at("viewers").textContent = shortCount(frame.viewers);
  if ("likes" in frame) at("likes").textContent = shortCount(frame.likes);
  if (frame.offers) updateOffers(frame.offers);
  if ("explaining" in frame) explain(frame.explaining);
  if (frame.chat) addChat(frame.chat);
  if (frame.hidden) hide(frame.hidden);
  if (frame.transcript) addLines(frame.transcript);
}

studio.classList.add("with-tabs");
tabs.hidden = false;
show("goods");
count();
toEnd(lists.chat);
toEnd(lists.lines);
const stream = follow({ urls: config.urls, since: config.since, take });
