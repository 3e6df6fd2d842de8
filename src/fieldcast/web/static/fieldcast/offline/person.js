// Who uses this page. A page kept on the phone for everyone does not know; then it is who was there last.
const LAST = "fieldcast.person";
const said = document.querySelector("meta[name=person]")?.content;

export const person = said ?? localStorage.getItem(LAST) ?? "";
if (said !== undefined && said !== localStorage.getItem(LAST)) localStorage.setItem(LAST, said);

export const language = document.documentElement.lang.toLowerCase();
