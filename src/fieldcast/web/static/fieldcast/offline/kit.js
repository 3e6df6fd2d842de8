// The offline kit, on every page of someone who is signed in: starts the worker, says what waits, sends it.
import { keepForms } from "../js/forms.js";
import { toast } from "../js/toast.js";
import { word } from "../js/words.js";
import { arrange, sayNow, take } from "./forms.js";
import { onChange, possible, sendAll, stays, tidy, waiting } from "./outbox.js";
import { language, person } from "./person.js";

const AGAIN_MS = 30000;
let timer = 0;

async function tellWorker() {
  await navigator.serviceWorker.register("/worker.js");
  const { active } = await navigator.serviceWorker.ready;
  const links = [...document.querySelectorAll("a[data-offline-form]")];
  const here = navigator.serviceWorker.controller ? location.pathname + location.search : ""; // then it is kept already
  const named = (renewed) => links.filter(({ dataset }) => (dataset.offlineForm === "renew") === renewed)
    .map((link) => link.pathname + link.search).filter((path) => path !== here);
  active.postMessage({ person, language, take: named(false), renew: named(true) });
}

async function show() {
  const bar = document.getElementById("outbox-bar");
  const found = await waiting();
  const count = found.filter(stays).length; // what is being sent now does not wait
  if (bar) {
    bar.hidden = count === 0;
    bar.querySelector("[data-count]").textContent = word("waiting", { n: count });
  }
  clearTimeout(timer);
  if (found.length) timer = setTimeout(sendWaiting, AGAIN_MS);
}

async function sendWaiting() {
  if (navigator.onLine && (await waiting()).length) {
    const { sent } = await sendAll();
    if (sent) toast(word("sent", { n: sent }), "success");
  }
  await show();
}

if (possible) {
  keepForms(take);
  arrange(document);
  sayNow();
  onChange(show);
  addEventListener("online", sendWaiting);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendWaiting(); });
  tellWorker().catch(() => {}); // without it everything works as long as there is a signal
  tidy().then(sendWaiting).catch(() => {});
}
