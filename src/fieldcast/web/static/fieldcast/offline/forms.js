// A form marked data-offline: what is filled in is kept on the phone first, then sent. Without a signal it stays there.
import { arrangeForms } from "../js/forms.js";
import { toast } from "../js/toast.js";
import { word } from "../js/words.js";
import { drop, find, put, send } from "./outbox.js";
import { person } from "./person.js";

const SERVER_SAYS = new Set(["csrfmiddlewaretoken", "once"]);

// Takes what the form holds; called by js/forms.js once it was agreed to.
export async function take(form) {
  if (!navigator.onLine && !form.checkValidity()) { // with a signal the platform says what is missing, in its own words
    release(form);
    form.reportValidity();
    return;
  }
  const record = read(form);
  let kept = true;
  try {
    await put(record);
  } catch {
    kept = false;
  }
  const outcome = await send(record);
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

function read(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => !SERVER_SAYS.has(name) && typeof value === "string");
  return {
    key: crypto.randomUUID(),
    person,
    url: new URL(form.action || location.href, location.href).pathname,
    title: form.dataset.offline,
    about: form.dataset.about ?? "",
    fields,
    lines: fields.map(([name, value]) => [labelOf(form, name), shown(form, name, value)]).filter(([label]) => label),
    written: Date.now(),
    state: "waiting",
  };
}

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
  const answered = page.querySelector("form[data-offline]");
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
  if (!record || record.person !== person || record.state === "sent") return;
  for (const [name, value] of record.fields) {
    const input = form.elements[name];
    if (input && input.type !== "hidden") input.value = value;
  }
  form.dataset.instead = key;
}

export function arrange(root) {
  for (const form of root.querySelectorAll("form[data-offline]")) {
    if (!form.querySelector("[aria-invalid='true']")) setTimes(form);
    fillAgain(form);
  }
}
