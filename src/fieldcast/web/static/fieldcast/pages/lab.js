// The laboratory follows its conditions: whatever moves asks the server for a new answer, the newest question alone is
// answered, and the address bar always names what is shown. Focus stays where it is, because the fields are never redrawn.
import { toast } from "../js/toast.js";
import { word } from "../js/words.js";

const SOONEST_MS = 60; // between two questions while a slider moves
const CALM_MS = 400; // after which the address is written, and an answer is read aloud
const PATIENCE_MS = 250; // before an answer that is late looks late
const SHARPNESS = 3; // pixels of a PNG for each of the picture's

const form = document.getElementById("lab");
const place = (id) => document.getElementById(id);
form.classList.add("has-script");

// --- one number, two ways to set it ---
const TOPS = [10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6];
const slider = (name) => place(`${name}-slider`);

function moveSlider(input) { // the field was typed in: the slider follows, and reaches as far as it must
  const range = slider(input.id);
  const value = Number(input.value.replace(/[,%\s]/g, ""));
  if (!range || !input.value.trim() || !Number.isFinite(value)) return;
  if (!range.dataset.most) {
    range.max = TOPS.find((top) => top >= Math.max(Number(range.dataset.reach), value)) ?? TOPS.at(-1);
    range.step = range.max / 100;
  }
  range.value = value;
  say(range, input.value);
}

function say(range, value) {
  range.setAttribute("aria-valuetext", value + (range.dataset.most ? "%" : ""));
  range.style.setProperty("--done", `${(100 * (range.value - range.min)) / (range.max - range.min)}%`);
}
form.querySelectorAll(".lab-slider").forEach((range) => say(range, place(range.dataset.dial).value));

// --- asking ---
let latest = 0;
let asking = null;
let askedAt = 0;
let timer = 0;
let calm = 0;
let speaking = 0;

function query() { // what stands in the fields, but for what stands there usually
  const told = new URLSearchParams();
  for (const { name, value, type, checked, dataset } of form.elements) {
    if (name && value !== dataset.usual && (type !== "radio" || checked)) told.append(name, value);
  }
  return told.toString().replaceAll("%2C", ",");
}

function follow() {
  clearTimeout(timer);
  timer = setTimeout(ask, Math.max(0, SOONEST_MS - (performance.now() - askedAt)));
  clearTimeout(calm);
  calm = setTimeout(remember, CALM_MS);
}

async function ask() {
  askedAt = performance.now();
  asking?.abort();
  asking = new AbortController();
  const mine = ++latest;
  const late = setTimeout(() => form.classList.add("is-waiting"), PATIENCE_MS);
  try {
    const answer = await fetch(`${form.dataset.answer}?${query()}`, { signal: asking.signal, headers: { "HX-Request": "true" } });
    if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
    const html = await answer.text();
    if (mine === latest) show(html, answer.ok);
  } catch (error) {
    if (error.name === "AbortError" || mine !== latest) return;
    if (place("trouble").hidden) toast(word("offline"), "error");
    place("trouble").hidden = false;
    form.classList.add("is-stale");
  } finally {
    clearTimeout(late);
    if (mine === latest) form.classList.remove("is-waiting");
  }
}

function show(html, solved) {
  const parts = new DOMParser().parseFromString(html, "text/html").body.children;
  for (const part of [...parts]) {
    const old = place(part.id);
    if (!old) continue;
    if (part.dataset.field) mark(part.dataset.field, part.textContent);
    old.querySelectorAll("details").forEach((one, index) => { const twin = part.querySelectorAll("details")[index]; if (twin) twin.open = one.open; });
    old.replaceWith(part);
  }
  place("trouble").hidden = true;
  form.classList.toggle("is-stale", !solved);
  clearTimeout(speaking);
  speaking = setTimeout(speak, CALM_MS);
}

function speak() { // once, when the slider rests: a number read aloud at every step would drown what is being done
  const words = place("now").dataset.said ?? place("why").textContent.trim();
  if (place("said").textContent !== words) place("said").textContent = words;
}

function mark(name, error) {
  const input = place(name);
  if (error) { input.setAttribute("aria-invalid", "true"); input.closest("details")?.setAttribute("open", ""); } else input.removeAttribute("aria-invalid");
}

function remember() { // what is shown has an address, for this tab, for whoever it is sent to, and for the other language
  const address = `${location.pathname}?${query()}`;
  try { history.replaceState(history.state, "", address); } catch { /* too many changes in a short time: the next one will do */ }
  document.querySelectorAll("form.lang [name=next]").forEach((next) => { next.value = address; });
}

// --- what sets it off ---
form.addEventListener("input", (event) => {
  const { target } = event;
  if (target.dataset.dial) { place(target.dataset.dial).value = target.value; say(target, target.value); } else if (target.type === "text") moveSlider(target);
  follow();
});
form.addEventListener("submit", (event) => { event.preventDefault(); follow(); });
form.addEventListener("keydown", (event) => { // Enter in a field asks at once; no button is needed
  if (event.key === "Enter" && event.target.matches("input[type=text]")) { event.preventDefault(); follow(); }
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-state]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const asked = new URL(link.href).searchParams;
  for (const input of form.querySelectorAll("input[type=text]")) {
    input.value = asked.get(input.name) ?? input.dataset.usual ?? input.value;
    moveSlider(input);
  }
  form.elements.from.value = asked.get("from") ?? "";
  follow();
});
addEventListener("online", () => { if (!place("trouble").hidden) follow(); });

// --- a picture as PNG, drawn by this browser with its own fonts ---
async function savePicture(button) {
  const svg = button.closest(".lab-sheet").querySelector("svg");
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: width * SHARPNESS, height: height * SHARPNESS });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const url = URL.createObjectURL(await new Promise((done) => { canvas.toBlob(done, "image/png"); }));
  Object.assign(document.createElement("a"), { href: url, download: `${button.dataset.png}.png` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-png]");
  if (button) savePicture(button);
});

// --- on paper everything that matters is open ---
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...form.querySelectorAll("details:not([open])")];
  opened.forEach((one) => { one.open = true; });
});
addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); });
