// The page of what is on this phone: records that wait, were refused or were sent, and forms that can be filled.
import { ask } from "../js/forms.js";
import { toast } from "../js/toast.js";
import { word } from "../js/words.js";
import { all, drop, find, onChange, possible, put, send, stays } from "./outbox.js";
import { person } from "./person.js";

const place = (name) => document.getElementById(name);
const copyOf = (name) => place(name).content.firstElementChild.cloneNode(true);
const inCounty = { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Shanghai" };
const clock = new Intl.DateTimeFormat(document.documentElement.lang, inCounty);

function card(record) {
  const shown = copyOf("record-template");
  const part = (name) => shown.querySelector(`[data-part=${name}]`);
  shown.dataset.key = record.key;
  part("title").textContent = record.title;
  part("about").textContent = record.about;
  part("when").textContent = clock.format(record.sent ?? record.written);
  const state = record.state === "waiting" && !stays(record) ? "sending" : record.state;
  for (const chip of shown.querySelectorAll("[data-state]")) chip.hidden = chip.dataset.state !== state;
  for (const [label, value] of record.lines) {
    const line = place("line-template").content.cloneNode(true);
    line.querySelector("dt").textContent = label;
    line.querySelector("dd").textContent = value;
    part("lines").append(line);
  }
  part("reason").textContent = record.reason ?? "";
  part("reason").closest("[data-only]").hidden = record.state !== "refused";
  part("open").href = record.state === "sent" ? record.address : `${record.url}#record=${record.key}`;
  part("open").hidden = record.state === "waiting";
  part("again").hidden = record.state === "sent";
  part("drop").hidden = record.state === "sent";
  return shown;
}

async function showRecords() {
  const found = await all();
  const mine = found.filter((one) => one.person === person);
  const others = found.filter((one) => one.person !== person && one.state !== "sent").length;
  place("records").replaceChildren(...mine.map(card));
  place("no-records").hidden = mine.length > 0;
  place("others").hidden = others === 0;
  place("others").querySelector("[data-count]").textContent = word("others", { n: others });
}

async function showForms() {
  const forms = await caches.open("forms");
  const links = [];
  for (const request of await forms.keys()) {
    const { headers } = await forms.match(request);
    if (headers.get("Offline-Owner") !== person) continue;
    const line = copyOf("form-template");
    const link = line.querySelector("a");
    link.href = request.url;
    link.querySelector("[data-part=title]").textContent = decodeURIComponent(headers.get("Offline-Title") ?? "");
    links.push(line);
  }
  place("forms").replaceChildren(...links.reverse());
  place("no-forms").hidden = links.length > 0;
}

async function sendAgain(key) {
  const record = { ...(await find(key)), state: "waiting" };
  await put(record);
  const { state } = await send(record);
  if (state === "sent") toast(word("sent", { n: 1 }), "success");
  else toast(word({ signin: "signin", refused: "nottaken", later: "stale" }[state] ?? "offline"), "error");
}

async function dropAsked(key) {
  const button = place("records").querySelector(`[data-key="${key}"] [data-part=drop]`);
  if (await ask(button.dataset.question, { more: button.dataset.more, yes: button.textContent.trim() })) await drop(key);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#records button");
  if (!button) return;
  const { key } = button.closest("[data-key]").dataset;
  if (button.dataset.part === "again") sendAgain(key);
  else dropAsked(key);
});

place("not-possible").hidden = possible;
if (possible) {
  onChange(showRecords);
  showRecords();
  showForms();
}
