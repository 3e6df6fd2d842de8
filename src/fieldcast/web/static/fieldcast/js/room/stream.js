// One EventSource on the session's frames. A frame's id is a time, so any server process can go on where another left
// off; when one cannot, it says `resync` and the whole state is read again, each phone at a moment of its own.
import { word } from "../words.js";

const CROWD_MS = 1500;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30000;

export function follow({ urls, since, take }) {
  let source = null;
  let lastId = String(since);
  let pause = FIRST_PAUSE_MS;
  let retry = 0;
  let reading = 0;
  let wasDown = false;
  let closed = false;

  function sign(open) {
    document.body.classList.toggle("stream-down", !open);
    document.body.dataset.stream = open ? "open" : "down";
    for (const place of document.querySelectorAll("[data-stream-state]")) {
      place.hidden = open;
      place.textContent = open ? "" : word("reconnecting");
    }
  }

  function readAll(withinMs) {
    clearTimeout(reading);
    reading = setTimeout(async () => {
      try {
        const answer = await fetch(urls.state, { headers: { Accept: "application/json" } });
        if (answer.ok && !closed) take(await answer.json(), { whole: true });
      } catch { /* the next frame or the next reconnect tells */ }
    }, Math.random() * withinMs);
  }

  // Refused for good (the session is over, or this process is full): the state says which.
  function refused() {
    source?.close();
    readAll(0);
    clearTimeout(retry);
    retry = setTimeout(connect, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  function connect() {
    if (closed) return;
    clearTimeout(retry);
    source?.close();
    const address = new URL(urls.events, location.href);
    address.searchParams.set(wasDown ? "last_event_id" : "since", lastId);
    source = new EventSource(address);
    source.onopen = () => { pause = FIRST_PAUSE_MS; wasDown = false; sign(true); };
    source.onmessage = (event) => {
      lastId = event.lastEventId || lastId;
      take(JSON.parse(event.data));
    };
    source.addEventListener("resync", () => readAll(wasDown ? CROWD_MS : CROWD_MS / 3));
    source.onerror = () => {
      if (closed) return;
      wasDown = true;
      sign(false);
      if (source.readyState === EventSource.CLOSED) refused();
    };
  }

  const again = () => { if (!closed && source?.readyState !== EventSource.OPEN) { pause = FIRST_PAUSE_MS; connect(); } };
  addEventListener("online", again);
  addEventListener("pageshow", (event) => { if (event.persisted) again(); });
  addEventListener("pagehide", () => source?.close());
  connect();
  return { close() { closed = true; clearTimeout(retry); clearTimeout(reading); source?.close(); } };
}
