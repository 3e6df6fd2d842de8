// On every page, and small. Sets up htmx for our content policy, says what went wrong in the reader's language, and
// loads the rest (charts, passwords) only where a page has some.
import { arrangeForms } from "./forms.js";
import "./sheet.js";
import { arrangeTimes } from "./times.js";
import { comeForward, settle, toast } from "./toast.js";
import { word } from "./words.js";

// --- htmx ---
const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
const csrf = () => cookie("csrftoken") ?? document.querySelector("meta[name=csrf-token]")?.content ?? "";
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrf();
});
// a refusal that knows where it belongs (HX-Retarget) is shown there; the page behind it stays as it was
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400 || !xhr.getResponseHeader("HX-Retarget")) return;
  comeForward();
  event.detail.shouldSwap = true;
});
const REASONS = { 400: "stale", 401: "signin", 403: "stale", 404: "missing", 408: "slow", 413: "large", 422: "invalid", 429: "busy" };
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  if (!xhr.getResponseHeader("HX-Retarget")) toast(word(REASONS[xhr.status] ?? "failed"), "error");
});
document.addEventListener("htmx:sendError", () => toast(word("offline"), "error"));
document.addEventListener("htmx:timeout", () => toast(word("slow"), "error"));
// what went wrong for want of a network is no longer true once there is one: an answer came, or the phone says so
const reached = () => { settle(word("offline")); settle(word("slow")); };
addEventListener("online", reached);
document.addEventListener("htmx:beforeOnLoad", reached);
// HX-Trigger: {"toast": {"text": "…", "tone": "success"}}
document.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail.tone));

// --- the network ---
const bar = document.getElementById("offline");
const network = () => { if (bar) bar.hidden = navigator.onLine; };
addEventListener("online", network);
addEventListener("offline", network);
network();

// --- without a signal: for whoever is signed in, and whoever was (so that nothing of theirs is left on the phone) ---
const person = document.querySelector("meta[name=person]")?.content;
if (person !== "" || navigator.serviceWorker?.controller) import("../offline/kit.js");

// --- small things a page asks for by an attribute ---
async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(word("copied"), "success");
}
document.addEventListener("click", (event) => {
  const at = (name) => event.target.closest?.(`[${name}]`);
  const share = at("data-share");
  if (share) {
    const url = new URL(share.dataset.share || location.href, location.href).href;
    if (navigator.share) navigator.share({ title: share.dataset.title || document.title, url }).catch(() => {});
    else copy(url);
  }
  if (at("data-copy")) copy(at("data-copy").dataset.copy);
  if (at("data-print")) print();
  if (at("data-back") && history.length > 1 && document.referrer.startsWith(location.origin)) {
    event.preventDefault();
    history.back();
  }
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-send]")) event.target.form?.requestSubmit(); // a filter sends itself
});

// --- arranging what the page has, and what htmx brings later ---
function arrange(root) {
  arrangeForms(root);
  arrangeTimes();
  if (root.querySelector("input[type=password]")) import("./passwords.js").then((it) => it.arrangePasswords(root));
  if (root.querySelector("[data-read-aloud]")) import("./read-aloud.js").then((it) => it.arrangeReading(root));
  if (root.querySelector("[data-chart]")) import("./charts.js").then((charts) => charts.drawCharts(root));
}
arrange(document);
document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) arrange(event.detail.elt.parentElement ?? event.detail.elt); });
