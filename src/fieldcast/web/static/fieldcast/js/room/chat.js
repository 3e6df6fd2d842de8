// Danmaku: what is said appears at the bottom; who reads further up is left in peace. Text is only ever put as text.
import { saying } from "./numbers.js";

const KEPT = 80;

export function arrangeChat({ words, speak }) {
  const list = document.getElementById("chat");
  const quiet = document.querySelector(".room-quiet");
  const form = document.getElementById("say");
  const byId = (id) => list.querySelector(`[data-message="${id}"]`);
  const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const toEnd = () => { list.scrollTop = list.scrollHeight; };

  function draw(message) {
    const line = document.createElement("li");
    const host = message.kind === "answer" || message.kind === "notice";
    line.className = `dm${host ? " dm-host" : message.kind === "question" ? " dm-question" : ""}`;
    line.dataset.message = message.id;
    const asked = message.answers && byId(message.answers);
    if (asked) {
      const quote = document.createElement("span");
      quote.className = "dm-asked";
      quote.textContent = saying(asked.querySelector("b").textContent, asked.lastChild.textContent);
      line.append(quote);
    }
    const name = document.createElement("b");
    name.textContent = host ? words.host : message.name;
    line.append(name, message.text);
    if (host) speak(saying(words.host, message.text));
    return line;
  }

  function add(messages, { whole = false } = {}) {
    const stay = !atEnd();
    if (whole) {
      const kept = new Set(messages.map((message) => String(message.id)));
      const oldest = messages.length ? messages[0].id : Infinity;
      for (const line of [...list.children]) {
        // what stands among the newest but is no longer told has been hidden
        if (!kept.has(line.dataset.message) && Number(line.dataset.message) >= oldest) line.remove();
      }
    }
    for (const message of messages) if (!byId(message.id)) list.append(draw(message));
    while (list.children.length > KEPT) list.firstElementChild.remove();
    if (quiet) quiet.hidden = list.children.length > 0;
    if (!stay) toEnd();
  }

  function hide(ids) {
    for (const id of ids) byId(id)?.remove();
  }

  if (form) arrangeForm(form, words);
  document.addEventListener("room:said", (event) => { add([event.detail.message]); toEnd(); });
  toEnd();
  return { add, hide };
}

function arrangeForm(form, words) {
  const input = form.querySelector("input[name=text]");
  const ask = document.getElementById("ask");
  let asking = false;
  input.required = false; // an empty line is now met with something better than the browser's own words

  function mode(on) {
    asking = on;
    ask.setAttribute("aria-pressed", String(on));
    input.placeholder = on ? words.ask : words.say;
  }
  mode(false);

  // While someone writes, the row is theirs. Nothing may move under a finger between its coming down and going up, so
  // the row changes when the field is entered or the form is left, and its buttons leave the focus where it is.
  form.addEventListener("focusin", (event) => { if (event.target === input) form.classList.add("is-writing"); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove("is-writing"); });
  for (const button of form.querySelectorAll("button")) button.addEventListener("mousedown", (event) => event.preventDefault());

  // "Ask" sends what is written as a question; with nothing written it makes the next line a question.
  ask.addEventListener("click", (event) => {
    if (input.value.trim()) return;
    event.preventDefault();
    mode(!asking);
    input.focus();
  });
  form.addEventListener("submit", (event) => {
    if (!input.value.trim()) event.preventDefault();
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === form && asking) event.detail.parameters.kind = "question";
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === form && !input.value.trim()) event.preventDefault();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || !event.detail.successful) return;
    input.value = "";
    mode(false);
  });
}
