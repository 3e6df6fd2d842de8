// What was written down and is not with the platform yet. A record is kept on the phone before it is sent, under a key
// that the platform takes once: however often it is sent, by however many pages, it is written down once.
import { openDB } from "../../vendor/idb/index.js";
import { person } from "./person.js";

const SENT_DAYS = 7; // how long a record that was sent is still shown
const PATIENCE_MS = 20000;
const CHANGED = "outbox";

let opened;
const database = () => (opened ??= openDB("fieldcast", 1, {
  upgrade: (db) => db.createObjectStore("outbox", { keyPath: "key" }),
  terminated: () => { opened = undefined; },
}));
const told = new BroadcastChannel("fieldcast.outbox");
const failed = new Set(); // keys of what was tried and did not arrive; in every page of this phone
told.addEventListener("message", ({ data }) => mark(data));

function mark({ keys = [], stays }) {
  for (const key of keys) stays ? failed.add(key) : failed.delete(key);
}

export const possible = isSecureContext && "serviceWorker" in navigator && "locks" in navigator && "indexedDB" in window;

// Calls `listener` after every change, in this page or another.
export function onChange(listener) {
  told.addEventListener("message", listener);
  document.addEventListener(CHANGED, listener);
}

function changed(marks = {}) {
  mark(marks);
  told.postMessage(marks);
  document.dispatchEvent(new Event(CHANGED));
}

// Is a record on this phone only: without a signal, or after it was tried? Else an answer is merely awaited.
export const stays = ({ key, state }) => state === "waiting" && (failed.has(key) || !navigator.onLine);

// All records on this phone, the latest first.
export async function all() {
  const found = await (await database()).getAll("outbox");
  return found.sort((one, other) => other.written - one.written);
}

// Mine that wait to be sent, the earliest first.
export async function waiting() {
  return (await all()).filter((one) => one.person === person && one.state === "waiting").reverse();
}

export async function find(key) {
  return (await database()).get("outbox", key);
}

// Keeps a record; rejects with QuotaExceededError, or whatever the browser says, when there is no room.
export async function put(record) {
  const db = await database();
  const work = db.transaction("outbox", "readwrite", { durability: "strict" }); // it must survive a phone that dies now
  await Promise.all([work.store.put(record), work.done]);
  navigator.storage?.persist?.().catch(() => {});
  changed();
}

export async function drop(key) {
  await (await database()).delete("outbox", key);
  changed();
}

// Sends a record and keeps what came of it. Answers { state: sent | refused | later | away | signin, page?, address? }.
export async function send(record) {
  changed({ keys: [record.key], stays: false });
  const outcome = await post(record);
  if (outcome.state === "sent") await settle(record, { state: "sent", sent: Date.now(), address: outcome.address });
  else if (outcome.state === "refused") await settle(record, { state: "refused", reason: outcome.reason });
  else changed({ keys: [record.key], stays: true });
  return outcome;
}

// One page at a time; what it could not send because there is no signal waits, and the rest with it. With `wait` it
// comes after a page that is sending; `before` is the key of the record to stop at.
export async function sendAll({ wait = false, before = "" } = {}) {
  return navigator.locks.request("fieldcast.outbox", { ifAvailable: !wait }, async (lock) => {
    let sent = 0;
    for (const record of lock ? await waiting() : []) {
      if (record.key === before) break;
      const { state } = await send(record);
      if (state === "away" || state === "signin") { // the rest waits with it
        changed({ keys: (await waiting()).map(({ key }) => key), stays: true });
        return { sent, stopped: state };
      }
      if (state === "sent") sent += 1;
    }
    return { sent };
  });
}

// Records that were sent long ago are no longer shown.
export async function tidy() {
  const before = Date.now() - SENT_DAYS * 24 * 3600 * 1000;
  for (const one of await all()) if (one.state === "sent" && one.sent < before) await drop(one.key);
}

async function settle(record, change) {
  try {
    await put({ ...record, ...change });
  } catch { /* no room for the outcome: it waits, and is sent once more under its key */ }
}

async function post(record) {
  const body = new URLSearchParams(record.fields);
  body.set("once", record.key);
  let answer, text;
  try {
    answer = await fetch(record.url, {
      method: "POST", body, headers: { "X-CSRFToken": token(), "Record-Writer": record.person }, signal: AbortSignal.timeout(PATIENCE_MS),
    });
    text = await answer.text();
  } catch {
    return { state: "away" };
  }
  if (answer.redirected) return landed(answer.url);
  if (answer.status === 403) return { state: "later" }; // its writer is not here, or this page's token is old
  if (answer.status >= 500 || [408, 429].includes(answer.status)) return { state: "away" };
  const page = new DOMParser().parseFromString(text, "text/html");
  return { state: "refused", page, reason: reasons(page) };
}

const landed = (url) => (new URL(url).pathname.startsWith("/accounts/") ? { state: "signin" } : { state: "sent", address: url });

function token() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="))?.slice("csrftoken=".length);
  return cookie ?? document.querySelector("meta[name=csrf-token]")?.content ?? "";
}

function reasons(page) {
  const found = page.querySelectorAll(".field-error li, form [role=alert] p, .state-error h1, .state-error h1 + p");
  return [...new Set([...found].map((one) => one.textContent.trim()))].join(" ");
}
