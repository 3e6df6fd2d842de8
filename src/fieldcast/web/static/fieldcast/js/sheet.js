// Sheets: <dialog class="sheet" id="buy">, opened by data-sheet-open="buy", closed by data-sheet-close, a touch outside,
// Escape (the browser's own) or a swipe down. Focus goes in and comes back by itself, because a dialog does that.
const SWIPE_PX = 90;

export function openSheet(id) {
  const sheet = document.getElementById(id);
  if (!(sheet instanceof HTMLDialogElement) || sheet.open) return sheet;
  sheet.showModal();
  sheet.dispatchEvent(new CustomEvent("sheet:open", { bubbles: true }));
  return sheet;
}

export function closeSheet(id) {
  document.getElementById(id)?.close();
}

function outside(sheet, event) {
  const box = sheet.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-sheet-open]");
  if (opener) openSheet(opener.dataset.sheetOpen);
  else if (event.target.closest?.("[data-sheet-close]")) event.target.closest("dialog")?.close();
  // a click made by a key has no place on the screen; only a finger or a mouse can be outside
  else if (event.target.matches?.("dialog.sheet") && event.detail > 0 && outside(event.target, event)) event.target.close();
});

let swipe = null;
document.addEventListener("touchstart", (event) => {
  const sheet = event.target.closest?.("dialog.sheet");
  const body = event.target.closest?.(".sheet-body");
  swipe = sheet && !(body && body.scrollTop > 0) ? { sheet, y: event.touches[0].clientY } : null;
}, { passive: true });
document.addEventListener("touchend", (event) => {
  if (swipe && event.changedTouches[0].clientY - swipe.y > SWIPE_PX && !event.target.matches("input, textarea, select")) swipe.sheet.close();
  swipe = null;
}, { passive: true });

// The server may close a sheet after it did its work: HX-Trigger: {"sheet:close": "buy"}
document.addEventListener("sheet:close", (event) => closeSheet(event.detail?.value ?? event.target.id));
