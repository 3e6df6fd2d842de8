// A button that reads a text of the page aloud, in the language that the text is written in:
//   <button type="button" data-read-aloud="#id-of-text" hidden>Read aloud</button>
// It stays hidden where the phone has no voice for that language; pressed again, it is quiet. In the text, what is
// `aria-hidden`, a control, or marked `data-unread` is left out, and each block of it is a sentence of its own.
const voices = globalThis.speechSynthesis;
const SILENT = "[aria-hidden=true], [hidden], [data-unread], button, svg, script, style, .visually-hidden-focusable";
const BLOCK = /^(?:block|flex|grid|list-item|table|table-row|flow-root)$/;
let reading = null;

const languageOf = (text) => text.closest("[lang]")?.lang || document.documentElement.lang || "zh-Hans";

/** What the browsers call a language, for which they have voices. */
const spoken = (lang) => (lang.toLowerCase().startsWith("zh") ? "zh-CN" : lang);

/** The best voice of a language, those of the phone itself first: they work without a signal. */
function voiceFor(lang) {
  const family = lang.slice(0, 2).toLowerCase();
  const able = voices.getVoices().filter((one) => one.lang.slice(0, 2).toLowerCase() === family);
  const exact = (one) => one.lang.replace("_", "-").toLowerCase() === lang.toLowerCase();
  const rank = (one) => (exact(one) ? 2 : 0) + (one.localService ? 1 : 0);
  return able.sort((a, b) => rank(b) - rank(a))[0];
}

/** The sentences of a text in the order they stand, white space gathered. */
export function sentencesOf(text) {
  const said = [""];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) said[said.length - 1] += node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SILENT)) return;
    const block = BLOCK.test(getComputedStyle(node).display);
    if (block) said.push("");
    node.childNodes.forEach(walk);
    if (block) said.push("");
  };
  walk(text);
  return said.map((one) => one.replace(/\s+/g, " ").trim()).filter((one) => /[\p{L}\p{N}]/u.test(one));
}

function pressed(button, is) {
  button.setAttribute("aria-pressed", String(is));
}

function quiet() {
  if (reading) pressed(reading, false);
  reading = null;
  voices.cancel();
}

function read(button) {
  const text = document.querySelector(button.dataset.readAloud);
  if (!text) return;
  const lang = spoken(languageOf(text));
  const voice = voiceFor(lang);
  reading = button;
  pressed(button, true);
  const parts = sentencesOf(text).map((one) => new SpeechSynthesisUtterance(one));
  for (const part of parts) {
    Object.assign(part, { lang, rate: 0.9, ...(voice && { voice }) }); // a little slower than talk: there are figures
    part.onerror = () => { if (reading === button) quiet(); };
    voices.speak(part);
  }
  if (parts.length) parts.at(-1).onend = () => { if (reading === button) quiet(); };
  else quiet();
}

function toggle(event) {
  const was = reading;
  quiet();
  if (was !== event.currentTarget) read(event.currentTarget);
}

/** Shows the buttons whose language has a voice. Voices come late in some browsers, and say so. */
function show(buttons) {
  for (const button of buttons) {
    const text = document.querySelector(button.dataset.readAloud);
    button.hidden = !text || !voiceFor(spoken(languageOf(text)));
  }
}

/** Makes the buttons of a part of the page work. */
export function arrangeReading(root) {
  const buttons = [...root.querySelectorAll("[data-read-aloud]:not([aria-pressed])")];
  if (!voices || !buttons.length) return;
  for (const button of buttons) {
    pressed(button, false);
    button.addEventListener("click", toggle);
  }
  show(buttons);
  voices.addEventListener?.("voiceschanged", () => show(buttons));
}

if (voices) addEventListener("pagehide", quiet); // else a phone goes on talking after the page is left
