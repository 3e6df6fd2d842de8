// Live updates. `listen("/live/7/stream", {comment: (data) => …, stock: …})` keeps one EventSource alive: the browser
// reconnects after a dropped line and sends Last-Event-ID; after a refused one we do, with growing pauses, and send
// ?last_event_id=. While it is down the page says so in every [data-stream-state], and body.stream-down is set.
import { word } from "./words.js";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30000;

export function listen(url, handlers, { onState = () => {} } = {}) {
  let source = null;
  let pause = FIRST_PAUSE_MS;
  let lastId = "";
  let timer = 0;
  let stopped = false;

  function state(name) {
    document.body.classList.toggle("stream-down", name !== "open");
    for (const sign of document.querySelectorAll("[data-stream-state]")) {
      sign.hidden = name === "open";
      sign.textContent = name === "open" ? "" : word("reconnecting");
    }
    onState(name);
  }

  function connect() {
    clearTimeout(timer);
    source?.close();
    const address = new URL(url, location.href);
    if (lastId) address.searchParams.set("last_event_id", lastId);
    source = new EventSource(address);
    source.onopen = () => { pause = FIRST_PAUSE_MS; state("open"); };
    source.onerror = () => {
      state("waiting");
      if (source.readyState !== EventSource.CLOSED || stopped) return;
      timer = setTimeout(connect, pause * (0.75 + Math.random() / 2)); // a crowd must not come back at one moment
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    };
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => {
        if (event.lastEventId) lastId = event.lastEventId;
        handle(JSON.parse(event.data), event);
      });
    }
  }

  const again = () => { if (!stopped && source?.readyState !== EventSource.OPEN) { pause = FIRST_PAUSE_MS; connect(); } };
  const rest = () => source?.close();
  addEventListener("online", again);
  addEventListener("pageshow", again);
  addEventListener("pagehide", rest);
  connect();
  return {
    close() {
      stopped = true;
      clearTimeout(timer);
      source?.close();
      removeEventListener("online", again);
      removeEventListener("pageshow", again);
      removeEventListener("pagehide", rest);
    },
  };
}
