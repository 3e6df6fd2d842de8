// A form marked data-offline: what is filled in is kept on the phone first, then sent. Without a signal it stays there.
import { arrangeForms } from "../js/forms.js";
import { toast } from "../js/toast.js";
import { word } from "../js/words.js";
import { all, drop, find, put, send, sendAll } from "./outbox.js";
import { person } from "./person.js";

const SAID = "fieldcast.said";
const SERVER_SAYS = new Set(["csrfmiddlewaretoken", "once"]);

// Takes what the form holds; called by js/forms.js once it was agreed to.
export async function take(form) {
  if (!navigator.onLine && !form.checkValidity()) { // with a signal the platform says what is missing, in its own words
    release(form);
    form.reportValidity();
    return;
  }
  if (form.dataset.each) {
    await takeEach(form);
    return;
  }
  const record = read(form);
  let kept = true;
  try {
    await put(record);
  } catch {
    kept = false;
  }
  // what was written before it goes first: a later step may build on it
  const { stopped } = kept ? await sendAll({ wait: true, before: record.key }) : {};
  const outcome = stopped ? { state: stopped } : await send(record);
  const instead = form.dataset.instead; // a refused record that was opened again
  if (outcome.state === "sent") {
    if (instead) await drop(instead);
    location.assign(outcome.address);
  } else if (outcome.state === "refused") {
    if (kept) await drop(record.key); // it is on the screen again, with what is wrong
    showRefusal(form, outcome);
  } else if (kept) {
    if (instead) await drop(instead);
    showKept(form, outcome.state === "signin" ? "signin" : "away");
  } else {
    toast(word("noroom"), "error");
    release(form);
  }
}

// A form about several things (data-each names their field): a record of its own for each, sent in order, so that one
// that is refused keeps none of the others back. data-each-to is where each goes, with {} for it.
async function takeEach(form) {
  const { each, eachTo } = form.dataset;
  const chosen = [...new Set(new FormData(form).getAll(each))];
  const records = chosen.map((one) => ({
    ...read(form, { without: each }),
    url: eachTo.replace("{}", encodeURIComponent(one)),
    about: [...form.elements].find(({ name, value }) => name === each && value === one)?.dataset.about ?? one,
  }));
  try {
    for (const record of records) await put(record);
  } catch {
    for (const record of records) await drop(record.key);
    toast(word("noroom"), "error");
    release(form);
    return;
  }
  const { stopped } = await sendAll({ wait: true });
  const states = (await all()).filter((one) => records.some(({ key }) => key === one.key)).map(({ state }) => state);
  release(form);
  const sent = states.filter((state) => state === "sent").length;
  const says = sent && !stopped ? sayAfter : toast;
  if (sent) says(word("sent", { n: sent }));
  if (states.includes("refused")) says(word("nottaken"));
  if (sent && !stopped) location.reload();
}

function read(form, { without = "" } = {}) {
  for (const input of form.querySelectorAll("[data-now]")) input.value = new Date().toISOString();
  const fields = [...new FormData(form)].filter(
    ([name, value]) => !SERVER_SAYS.has(name) && name !== without && typeof value === "string",
  );
  return {
    key: crypto.randomUUID(),
    person,
    url: pathOf(form),
    title: form.dataset.offline,
    about: form.dataset.about ?? "",
    fields,
    lines: fields.map(([name, value]) => [labelOf(form, name), shown(form, name, value)]).filter(([label]) => label),
    written: Date.now(),
    state: "waiting",
  };
}

const pathOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;

function labelOf(form, name) {
  const input = form.elements[name];
  const one = input instanceof RadioNodeList ? input[0] : input;
  if (!one || one.type === "hidden") return "";
  const words = one.closest("fieldset")?.querySelector("legend") ?? one.labels?.[0];
  return (words?.firstChild?.textContent ?? "").trim();
}

function shown(form, name, value) {
  const input = form.elements[name];
  if (input instanceof RadioNodeList) return [...input].find((one) => one.checked)?.labels[0]?.textContent.trim() ?? value;
  if (input instanceof HTMLSelectElement) return input.selectedOptions[0]?.textContent.trim() ?? value;
  return input?.type === "datetime-local" ? value.replace("T", " ") : value;
}

function showRefusal(form, { page, reason }) {
  const forms = [...page.querySelectorAll("form[data-offline]")];
  const answered = forms.find((one) => one.getAttribute("action") === form.getAttribute("action")) ?? forms[0];
  if (!answered) {
    toast(reason || word("failed"), "error");
    release(form);
    return;
  }
  const shownAgain = document.adoptNode(answered);
  if (form.dataset.instead) shownAgain.dataset.instead = form.dataset.instead;
  form.replaceWith(shownAgain);
  arrangeForms(shownAgain);
}

function showKept(form, state) {
  const notice = document.getElementById(`kept-${state}`).content.cloneNode(true);
  form.replaceWith(notice);
  document.querySelector(".kept h2")?.focus();
}

// Said on the page that comes next: this one is left before anybody could read it.
function sayAfter(words) {
  const said = JSON.parse(sessionStorage.getItem(SAID) ?? "[]");
  sessionStorage.setItem(SAID, JSON.stringify([...said, words]));
}

export function sayNow() {
  for (const words of JSON.parse(sessionStorage.getItem(SAID) ?? "[]")) toast(words, "info");
  sessionStorage.removeItem(SAID);
}

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

// A form that was kept on the phone was made hours ago: its time is now, in the county's own time.
function setTimes(form) {
  for (const input of form.querySelectorAll("input[type=datetime-local]")) {
    if (input.value !== input.defaultValue) continue;
    const now = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" });
    input.value = now.format(new Date()).replace(" ", "T");
  }
}

// Opened by "look at it" beside a record that was refused: what was written down stands in the form again.
async function fillAgain(form) {
  const key = new URLSearchParams(location.hash.slice(1)).get("record");
  const record = key ? await find(key) : undefined;
  if (!record || record.person !== person || record.state === "sent" || record.url !== pathOf(form)) return;
  for (const [name, value] of record.fields) {
    const input = form.elements[name];
    if (input instanceof RadioNodeList || (input && input.type !== "hidden")) input.value = value;
  }
  form.dataset.instead = key;
}

export function arrange(root) {
  for (const form of root.querySelectorAll("form[data-offline]")) {
    if (!form.querySelector("[aria-invalid='true']")) setTimes(form);
    fillAgain(form);
  }
}
