// A carrier's lists: ticks by hand, by group and by scanning; what waits on this phone is said beside its parcel.
import { all, onChange, possible, stays } from "../offline/outbox.js";
import { person } from "../offline/person.js";

const place = (name) => document.getElementById(name);
const words = place("carrier-words").dataset;
const inCounty = { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Shanghai" };
const clock = new Intl.DateTimeFormat(document.documentElement.lang, inCounty);
const STEP = /^\/carrier\/parcels\/([^/]+)\/([a-z]+)\/$/;
// After a step that waits on this phone, these may follow; the platform judges them in the same order.
const FOLLOW = { fetch: ["deliver", "undelivered", "pass"], pass: ["deliver", "undelivered", "pass"], undelivered: ["deliver"] };

const form = place("together");
const boxes = () => [...document.querySelectorAll("input[name=o][form=together]")];
const rowOf = (code) => [...document.querySelectorAll("[data-parcel]")].find(
  ({ dataset }) => code && [dataset.parcel, dataset.tracking].includes(code),
);

// --- ticks ---
function count() {
  const chosen = boxes().filter((box) => box.checked && !box.disabled).length;
  const said = form?.querySelector("[data-count]");
  form?.querySelectorAll("button").forEach((one) => { one.disabled = chosen === 0; });
  if (said) said.textContent = `· ${chosen ? words.chosen.replace("{n}", chosen) : words.choose}`;
  for (const group of document.querySelectorAll("[data-tick-group]")) {
    const mine = inGroup(group).filter((box) => !box.disabled);
    group.checked = mine.length > 0 && mine.every((box) => box.checked);
  }
}
const inGroup = (group) => [...group.closest("section").querySelectorAll("input[name=o]")];

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-group]")) {
    for (const box of inGroup(event.target)) if (!box.disabled) box.checked = event.target.checked;
  }
  count();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-drop]");
  if (!button) return;
  button.closest("li").remove();
  showUnknown();
});

// --- codes ---
const codeOf = (text) => text.trim().split("?")[0].replace(/\/+$/, "").split("/").pop().replaceAll(" ", "").toUpperCase().slice(0, 40);

function say(line, code = "") {
  place("scan-said").textContent = line.replace("{code}", code);
}

function add(text) {
  const code = codeOf(text);
  if (!code) return;
  const row = rowOf(code);
  const box = row?.querySelector("input[name=o]");
  if (!row) addUnknown(code);
  else if (box.disabled) say(words.blocked, code);
  else if (box.checked) say(words.twice, code);
  else {
    box.checked = true;
    say(words.ticked, code);
  }
  row?.scrollIntoView({ block: "center" });
  navigator.vibrate?.(40);
  count();
}

function addUnknown(code) {
  const line = place("code-unknown").content.firstElementChild.cloneNode(true);
  const part = (name) => line.querySelector(`[data-part=${name}]`);
  line.dataset.parcel = code;
  line.querySelector("input").value = code;
  part("code").textContent = code;
  part("said").textContent = navigator.onLine ? words.unknown : words.away;
  place("unknown-codes").prepend(line);
  say(part("said").textContent, code);
  showUnknown();
}

function showUnknown() {
  const list = place("unknown-codes");
  list.hidden = list.children.length === 0;
  if (!list.hidden) form.hidden = false;
  count();
}

const scan = place("scan");
scan?.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  const input = place("scan-code");
  for (const code of input.value.split(/[\s,，;；]+/)) add(code); // a pasted column, or one number
  input.value = "";
  input.focus();
});

// --- the camera, where the browser reads codes itself ---
let stream;
async function look(detector, video) {
  let last = "";
  while (stream) {
    const [found] = await detector.detect(video).catch(() => []);
    if (found && found.rawValue !== last) {
      last = found.rawValue;
      add(last);
    }
    await new Promise((resume) => { setTimeout(resume, 250); });
  }
}

async function camera(button, video) {
  if (stream) {
    stream.getTracks().forEach((track) => track.stop());
    stream = undefined;
  } else {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      await video.play();
      look(new window.BarcodeDetector({ formats: ["qr_code", "code_128"] }), video);
    } catch {
      say(words.nocamera);
    }
  }
  video.hidden = !stream;
  button.setAttribute("aria-pressed", String(Boolean(stream)));
}

const button = place("scan-camera");
if (button && "BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener("click", () => camera(button, place("scan-video")));
}

// --- what waits on this phone ---
async function show() {
  const mine = (await all()).filter((one) => one.person === person && one.state !== "sent" && STEP.test(one.url));
  for (const part of document.querySelectorAll("[data-said]")) part.replaceChildren();
  for (const card of document.querySelectorAll("[data-step-card][data-opened]")) hide(card);
  for (const record of mine.reverse()) {
    const [, code, step] = STEP.exec(record.url);
    const row = rowOf(decodeURIComponent(code));
    if (row) told(row, record, step);
  }
  count();
}

function told(row, record, step) {
  const waits = stays(record) ? "step-waits" : "step-sending";
  const line = place(record.state === "waiting" ? waits : "step-refused").content.firstElementChild.cloneNode(true);
  const fill = (name, text) => { const part = line.querySelector(`[data-part=${name}]`); if (part) part.textContent = text; };
  fill("title", record.title);
  fill("when", clock.format(record.written));
  fill("reason", record.reason ?? "");
  line.querySelector("[data-part=open]")?.setAttribute("href", `${record.url}#record=${record.key}`);
  row.querySelector("[data-said]")?.append(line);
  if (record.state !== "waiting") return;
  const box = row.querySelector("input[name=o]");
  if (box) { box.checked = false; box.disabled = true; }
  for (const name of FOLLOW[step] ?? []) {
    const card = row.querySelector(`[data-step-card=${name}]`);
    if (card?.hidden) { card.hidden = false; card.dataset.opened = ""; }
  }
}

function hide(card) {
  card.hidden = true;
  delete card.dataset.opened;
}

addEventListener("pageshow", count);
count();
if (possible) {
  onChange(show);
  show().catch(() => {}); // nothing is kept here: the lists work as they are
}
