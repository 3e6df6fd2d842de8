// The service worker. Before it stands SHELL: { version, pages, parts }.
//
// The network comes first, always; what is kept is shown only where there is none. Kept are the shell, the same for
// everyone, and forms that can be filled without a signal, each for one person: they go when another signs in or out.
const SHELL_CACHE = `shell-${SHELL.version}`;
const FORMS_CACHE = "forms";
const NOTES_CACHE = "notes"; // who uses this phone, and in which language
const MOST_FORMS = 60;
const FRESH_MS = 6 * 3600 * 1000; // a form kept this lately is not fetched again
const PARTS = new Set(SHELL.parts);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL_CACHE).then(async (shell) => {
    const forAll = { cache: "reload", credentials: "omit" };
    for (const address of SHELL.pages) await patiently(() => shell.add(new Request(address, forAll)));
    for (const address of SHELL.parts) await patiently(() => shell.add(new Request(address, { cache: "no-cache" })));
    await self.skipWaiting();
  }));
});

// A weak network or a busy platform: tried again after 1, 2 and 4 s. One after the other, so that the page comes first.
async function patiently(work) {
  for (let pause = 1000; ; pause *= 2) {
    try {
      return await work();
    } catch (error) {
      if (pause > 4000) throw error;
      await new Promise((resume) => { setTimeout(resume, pause); });
    }
  }
}

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then(async (names) => {
    const old = names.filter((name) => name.startsWith("shell-") && name !== SHELL_CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  }));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (PARTS.has(address.pathname)) event.respondWith(part(request, address.pathname));
});

self.addEventListener("message", (event) => {
  const { person, language, take = [], renew = [] } = event.data;
  event.waitUntil(Promise.all([
    self.clients.claim(), // a page that was on its way when the worker began belongs to nobody yet
    usedBy(person, language).then(() => Promise.all([...renew.map(fetchKept), ...take.map(bring)])),
  ]));
});

async function page(request) {
  try {
    const answer = await fetch(request);
    await keep(request.url, answer);
    return answer;
  } catch {
    const address = request.url.split("#")[0];
    return (await keptForm(address)) ?? (await withoutSignal()) ?? Response.error();
  }
}

async function part(request, pathname) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(pathname, { cacheName: SHELL_CACHE, ignoreVary: true })) ?? Response.error();
  }
}

async function keptForm(address) {
  const found = await caches.match(address, { cacheName: FORMS_CACHE, ignoreVary: true });
  return found?.headers.get("Offline-Owner") === await note("person") ? found : undefined;
}

async function withoutSignal() {
  const language = await note("language");
  const wanted = SHELL.pages.find((address) => address.includes(`/${language}/`)) ?? SHELL.pages[0];
  return caches.match(wanted, { cacheName: SHELL_CACHE, ignoreVary: true });
}

// --- forms ---
async function keep(address, answer) {
  const owner = answer.ok && answer.headers.get("Offline-Owner");
  if (!owner) return;
  await usedBy(owner);
  const headers = new Headers(answer.headers);
  headers.set("Offline-Since", String(Date.now()));
  const body = await answer.clone().blob();
  const forms = await caches.open(FORMS_CACHE);
  try {
    await forms.put(address.split("#")[0], new Response(body, { headers }));
    const all = await forms.keys(); // in the order they were put
    await Promise.all(all.slice(0, Math.max(0, all.length - MOST_FORMS)).map((one) => forms.delete(one)));
  } catch { /* no room: the form is there as long as there is a signal */ }
}

async function bring(address) {
  const url = new URL(address, location.origin).href;
  const found = await caches.match(url, { cacheName: FORMS_CACHE, ignoreVary: true });
  if (found && Date.now() - Number(found.headers.get("Offline-Since")) < FRESH_MS) return;
  await fetchKept(address);
}

// A list is fetched each time its neighbours are looked at: one of hours ago would lack what was done since.
async function fetchKept(address) {
  const url = new URL(address, location.origin).href;
  try {
    await keep(url, await fetch(url));
  } catch { /* without a signal: what is there stays */ }
}

// --- who uses this phone ---
async function note(name) {
  return (await caches.match(`/note/${name}`, { cacheName: NOTES_CACHE }))?.text();
}

async function usedBy(person, language) {
  const notes = await caches.open(NOTES_CACHE);
  if (person !== undefined && (await note("person")) !== person) {
    await caches.delete(FORMS_CACHE);
    await notes.put("/note/person", new Response(person));
  }
  if (language) await notes.put("/note/language", new Response(language));
}
