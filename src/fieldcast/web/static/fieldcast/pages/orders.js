// The buy sheet's sum follows the number of packs. Listens on the document, because the sheet comes and goes.
import { yuan } from "../js/room/numbers.js";

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-buy]");
  const total = form?.querySelector("[data-total]");
  if (!total || event.target.name !== "units") return;
  const packs = Number(event.target.value);
  total.textContent = Number.isInteger(packs) && packs > 0 ? yuan(packs * Number(form.dataset.price)) : "—";
});
