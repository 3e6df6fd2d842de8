// Reads the hash out of an agreement's PDF, which names it where nothing is packed, and asks about it. The file is not sent.
const MARK = /fieldcast:agreement:([0-9a-f]{64})/;
const place = document.querySelector("[data-verify]");

if (place) {
  place.hidden = false;
  const without = place.querySelector("[data-without]");
  place.querySelector("input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const found = MARK.exec(new TextDecoder("latin1").decode(await file.arrayBuffer()));
    without.hidden = Boolean(found);
    if (found) location.href = `${place.dataset.verify}${found[1]}/`;
  });
}
