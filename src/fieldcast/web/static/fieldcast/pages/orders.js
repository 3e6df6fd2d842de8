// The buy sheet: its sum follows the number of packs, its address is chosen. Listens on the document, because the sheet comes and goes.
import { yuan } from "../js/room/numbers.js";

// Cities and districts are loaded once there is an address to write.
function seekPlaces() {
  if ([...document.querySelectorAll("[data-places]")].some((one) => one.offsetParent)) import("../js/places.js");
}
document.addEventListener("change", seekPlaces);
document.addEventListener("htmx:load", seekPlaces);
seekPlaces();

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-buy]");
  const total = form?.querySelector("[data-total]");
  if (!total || event.target.name !== "units") return;
  const packs = Number(event.target.value);
  total.textContent = Number.isInteger(packs) && packs > 0 ? yuan(packs * Number(form.dataset.price)) : "—";
});
