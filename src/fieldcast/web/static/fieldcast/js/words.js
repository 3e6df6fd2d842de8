// Sentences in the reader's language, written into the page by components/words.html.
const data = document.getElementById("words");
const words = data ? JSON.parse(data.textContent) : {};

export function word(name, places = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => places[key] ?? "");
}
