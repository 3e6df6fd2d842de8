// What the host says, as a caption over the video when asked for, and whole in its sheet.
const KEPT = 300;
const SHOWN_MS = 12000;
const MEMORY = "fieldcast.captions";

export function arrangeCaptions() {
  const strip = document.getElementById("captions");
  const caption = document.getElementById("caption");
  const lines = document.getElementById("lines");
  const none = document.getElementById("no-lines");
  const button = document.getElementById("captions-switch");
  let on = false;
  let timer = 0;

  function last() {
    const line = lines.lastElementChild;
    return line ? line.querySelector("span").textContent : none.textContent;
  }

  function turn(wanted) {
    on = wanted;
    button.setAttribute("aria-pressed", String(on));
    strip.hidden = !on;
    caption.textContent = last();
    try { localStorage.setItem(MEMORY, on ? "1" : ""); } catch { /* private window */ }
  }

  function add(found) {
    for (const line of found) {
      if (lines.querySelector(`[data-line="${line.id}"]`)) continue;
      const item = document.createElement("li");
      item.dataset.line = line.id;
      const time = document.createElement("time");
      time.className = "xs muted";
      time.dateTime = line.at;
      time.textContent = new Date(line.at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
      const text = document.createElement("span");
      text.textContent = line.text;
      item.append(time, " ", text);
      lines.append(item);
    }
    while (lines.children.length > KEPT) lines.firstElementChild.remove();
    none.hidden = lines.children.length > 0;
    if (!on || !found.length) return;
    caption.textContent = last();
    strip.classList.remove("is-old");
    clearTimeout(timer);
    timer = setTimeout(() => strip.classList.add("is-old"), SHOWN_MS);
  }

  button.addEventListener("click", () => turn(!on));
  let remembered = "";
  try { remembered = localStorage.getItem(MEMORY) ?? ""; } catch { /* private window */ }
  if (remembered) turn(true);
  return { add };
}
