// Notices that slide in and leave after a while, errors later, none under a finger or the keyboard. An open sheet lies over
// everything and takes no part of what is outside it, so the notices move into it while it is open.
const STAY_MS = 6000;
const ERROR_STAY_MS = 20000;
const region = document.getElementById("toasts");

export function comeForward() {
  const front = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (region && region.parentElement !== front) front.append(region);
}

export function toast(text, tone = "info") {
  const template = document.getElementById(`toast-template-${tone}`) ?? document.getElementById("toast-template");
  if (!region || !template) return;
  comeForward();
  const notice = template.content.firstElementChild.cloneNode(true);
  notice.querySelector(".grow").textContent = text;
  region.append(notice);
}

export function settle(text) {
  for (const notice of [...(region?.children ?? [])]) if (notice.querySelector(".grow")?.textContent === text) notice.remove();
}

function arrange(notice) {
  if (!(notice instanceof HTMLElement) || !notice.dataset.toast) return;
  for (const other of [...region.children]) if (other !== notice && other.textContent === notice.textContent) other.remove();
  const stay = notice.dataset.toast === "error" ? ERROR_STAY_MS : STAY_MS;
  let timer = 0;
  const leave = () => { timer = setTimeout(() => notice.remove(), stay); };
  for (const pause of ["pointerenter", "focusin"]) notice.addEventListener(pause, () => clearTimeout(timer));
  for (const resume of ["pointerleave", "focusout"]) notice.addEventListener(resume, leave);
  leave();
}

if (region) {
  for (const notice of region.children) arrange(notice);
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(arrange))).observe(region, { childList: true });
  document.addEventListener("close", () => setTimeout(comeForward), true);
}
document.addEventListener("click", (event) => event.target.closest?.("[data-dismiss]")?.closest(".notice")?.remove());
