// What every form does: asks before what cannot be undone, is sent once, shows that it is being sent, counts in steps,
// takes dropped files and shows how much of them has gone.

const dialog = document.getElementById("confirm");

export function ask(question, { more = "", yes = "" } = {}) {
  const accept = document.getElementById("confirm-yes");
  document.getElementById("confirm-text").textContent = question;
  const line = document.getElementById("confirm-more");
  line.textContent = more;
  line.hidden = !more;
  accept.textContent = yes || accept.dataset.yes;
  return new Promise((answer) => {
    let said = false;
    const onYes = () => { said = true; dialog.close(); };
    accept.addEventListener("click", onYes, { once: true });
    dialog.addEventListener("close", () => { accept.removeEventListener("click", onYes); answer(said); }, { once: true });
    dialog.showModal();
  });
}

const askFrom = (element) => ask(element.dataset.confirm, { more: element.dataset.confirmMore, yes: element.dataset.confirmYes });
// What must be filled in and is not: by the form, or by the button that was pressed (data-needs names such fields). Then
// nothing is asked: the platform refuses at once and says beside the field what is missing, in its own words.
const empty = (field) => field.validity?.valueMissing || (field.required && !field.value.trim());
function lacks(form, submitter) {
  const needs = submitter?.dataset.needs?.split(" ").map((name) => form.elements[name]) ?? [];
  return [...form.elements].some(empty) || needs.some((field) => field && !field.value.trim());
}
function questioned(form, submitter) {
  const asking = submitter?.dataset.confirm ? submitter : form.dataset.confirm ? form : null;
  return asking && form.elements && lacks(form, submitter) ? null : asking;
}
const usesHtmx = (element) => element.matches("[hx-get], [hx-post], [hx-put], [hx-patch], [hx-delete]");

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const asking = questioned(form, event.submitter);
  if (usesHtmx(form) || (event.submitter && usesHtmx(event.submitter))) return; // htmx:confirm below asks for these
  if (asking && !form.dataset.agreed) {
    event.preventDefault();
    if (await askFrom(asking)) { form.dataset.agreed = "1"; form.requestSubmit(event.submitter); }
    return;
  }
  delete form.dataset.agreed;
  if (form.method === "get" || form.method === "dialog") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  busy(event.submitter ?? form.querySelector("button:not([type=button])"), true);
  if (form.dataset.offline === undefined || !kept) return;
  event.preventDefault();
  kept(form);
});

// What takes a form that may be filled without a signal (offline/forms.js); without it such a form is sent like any.
let kept;
export function keepForms(take) { kept = take; }

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-confirm]");
  if (!link || usesHtmx(link)) return;
  event.preventDefault();
  if (await askFrom(link)) location.assign(link.href);
});

document.addEventListener("htmx:confirm", async (event) => {
  const { elt, question, issueRequest, triggeringEvent } = event.detail;
  const asking = questioned(elt, triggeringEvent?.submitter);
  if (!asking && !question) return;
  event.preventDefault();
  if (await (asking ? askFrom(asking) : ask(question))) issueRequest(true);
});

function busy(button, on) {
  if (!button?.matches?.("button, .btn")) return;
  if (on) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}

// htmx: one request at a time from one element
const under_way = new WeakSet();
const buttonOf = (elt, event) => (elt.matches("form") ? event?.submitter ?? elt.querySelector("button:not([type=button])") : elt);
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (requestConfig.verb === "get") return;
  if (under_way.has(elt)) { event.preventDefault(); return; }
  under_way.add(elt);
  busy(buttonOf(elt, requestConfig.triggeringEvent), true);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  under_way.delete(elt);
  busy(buttonOf(elt, requestConfig?.triggeringEvent), false);
});

// coming back with the browser's own button finds the form as new
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => busy(button, false));
  }
});

// what was wrong with a choice is said until another is made; what is typed is only judged when it is sent
document.addEventListener("change", (event) => {
  if (!event.target.matches?.("input[type=radio], input[type=checkbox], select")) return;
  const field = event.target.closest(".field");
  field?.querySelectorAll(".field-error").forEach((error) => error.remove());
  field?.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
});

// counting by − and +
function arrangeQuantity(box) {
  const input = box.querySelector("input");
  const value = Number(input.value || input.min || 1);
  for (const button of box.querySelectorAll("[data-step]")) {
    const next = value + Number(button.dataset.step);
    button.disabled = next < Number(input.min || 0) || (input.max !== "" && next > Number(input.max));
  }
}
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-quantity] [data-step]");
  if (!button) return;
  const input = button.closest("[data-quantity]").querySelector("input");
  input.value = String(Number(input.value || 0) + Number(button.dataset.step));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("input", (event) => {
  const box = event.target.closest?.("[data-quantity]");
  if (box) arrangeQuantity(box);
});

// files
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const drop = event.target.closest?.("[data-drop]");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name !== "drop" || !event.dataTransfer.files.length) return;
    const input = drop.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.("[data-upload-progress]");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = Math.round((100 * event.detail.loaded) / event.detail.total);
});

export function arrangeForms(root) {
  root.querySelectorAll("[data-quantity]").forEach(arrangeQuantity);
  // what is wrong is where the reader must go: said of the whole form, else the first field
  root.querySelector("[data-wrong], [aria-invalid='true']")?.focus();
}
