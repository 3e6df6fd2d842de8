// The product cards: packs left, price, sold out, and the one the host explains. The list holds every offer; the card on
// the video is a copy of one of them, so an offer that changes changes in both.
import { yuan } from "./numbers.js";

const WIDE = matchMedia("(min-width: 900px)");

export function arrangeGoods({ speak, explaining }) {
  const goods = document.getElementById("goods");
  const list = document.getElementById("offers");
  const now = document.getElementById("now");
  const note = document.getElementById("all-gone");
  const cards = (id) => document.querySelectorAll(`[data-offer="${id}"]`);
  let current = explaining;
  let missing = 0;

  function place() { // beside the video on a laptop, in a sheet on a phone
    const home = WIDE.matches ? document.getElementById("panel") : document.getElementById("bag-body");
    if (goods.parentElement !== home) home.append(goods);
  }

  function updateCard(card, facts) {
    const packs = facts.units ?? Number(card.dataset.packs);
    const was = card.classList.contains("is-out");
    card.dataset.packs = packs;
    if ("stopped" in facts) card.toggleAttribute("data-stopped", facts.stopped);
    if ("left" in facts) {
      const stopped = card.hasAttribute("data-stopped"); // its packs may come back unpaid, and still cannot be bought
      const left = stopped ? 0 : facts.left;
      card.classList.toggle("is-out", left <= 0);
      card.querySelector("[data-left]").textContent = left;
      card.querySelector("[data-left-line]").hidden = left <= 0;
      card.querySelector("progress").max = packs;
      card.querySelector("progress").value = packs - left;
      card.querySelector("[data-buy]").hidden = left <= 0;
      card.querySelector("[data-out]").hidden = left > 0 || stopped;
      card.querySelector("[data-off]").hidden = !stopped;
      card.classList.toggle("is-back", was && left > 0);
    }
    if (facts.price_fen && facts.price_fen !== Number(card.dataset.price)) {
      const each = card.querySelector("[data-each]");
      const unit = each.textContent.split("/").pop();
      card.dataset.price = facts.price_fen;
      card.querySelector("[data-price-text]").textContent = yuan(facts.price_fen);
      each.textContent = `${yuan(Math.round(facts.price_fen / Number(card.dataset.pack)))}/${unit}`;
    }
  }

  function update(offers) {
    const before = leftAnywhere();
    for (const [id, facts] of Object.entries(offers)) {
      const found = cards(id);
      if (!found.length) fetchList();
      found.forEach((card) => updateCard(card, facts));
    }
    gone();
    if (before && !note.hidden) speak(note.textContent);
  }

  const leftAnywhere = () => [...list.querySelectorAll("[data-offer]")].some((card) => !card.classList.contains("is-out"));
  function gone() {
    const some = list.querySelector("[data-offer]:not([data-stopped])");
    note.hidden = !some || leftAnywhere();
  }

  function explain(id) {
    current = id;
    for (const item of list.children) {
      item.classList.toggle("is-explained", item.querySelector(`[data-offer="${id}"]`) !== null);
    }
    const source = list.querySelector(`[data-offer="${id}"]`);
    if (id !== null && !source) return fetchList();
    if (!source) return now.firstElementChild?.classList.remove("is-explained");
    const holder = document.createElement("div");
    holder.className = "is-explained";
    holder.append(source.cloneNode(true));
    now.replaceChildren(holder);
    now.hidden = false;
    window.htmx?.process(holder);
    const proof = document.getElementById("proof");
    if (proof) proof.href = source.querySelector(".goods-title").getAttribute("href");
    return undefined;
  }

  // An offer this page does not know was added after it was drawn: take the list from a fresh page, not all at once.
  function fetchList() {
    if (missing) return;
    missing = setTimeout(async () => {
      try {
        const answer = await fetch(location.href);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("offers");
        if (!answer.ok || !fresh) return;
        list.replaceChildren(...fresh.children);
        window.htmx?.process(list);
        document.getElementById("bag-count").textContent = list.querySelectorAll("[data-offer]").length;
        const title = page.getElementById("goods-title");
        if (title) document.getElementById("goods-title").textContent = title.textContent;
        missing = 0;
        if (list.querySelector(`[data-offer="${current}"]`)) explain(current);
      } catch { /* the next frame tries again */ } finally { missing = 0; }
    }, Math.random() * 1500);
  }

  place();
  WIDE.addEventListener("change", place);
  document.addEventListener("click", (event) => { // from the bag and the sheet one goes straight on to buying
    if (event.target.closest?.("#bag [data-buy], #about [data-buy]")) for (const id of ["about", "bag"]) document.getElementById(id).close();
    const title = event.target.closest?.("#proof") && now.querySelector(".goods-title");
    if (!title) return;
    event.preventDefault(); // the sheet of what is explained: nobody leaves the room to look
    title.click();
  });
  gone();
  return { update, explain };
}
