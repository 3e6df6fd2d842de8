// The fields of an address: city and district become lists that follow the province, and an address that is pasted whole
// fills in every field. Loaded when such fields are seen. What was typed before stays, also where no list comes.
const UNLISTED = "-";
const known = new Map();

function below(url, province) {
  if (!known.has(province)) {
    const asked = fetch(`${url}?${new URLSearchParams({ province })}`).then((answer) => answer.json()).then(({ cities }) => cities);
    asked.catch(() => known.delete(province));
    known.set(province, asked);
  }
  return known.get(province);
}

// a text box and a list take each other's place, with name, label and errors
function turn(field, tag) {
  if (field.localName === tag) return field;
  const other = document.createElement(tag);
  for (const { name, value } of field.attributes) if (!["type", "value"].includes(name)) other.setAttribute(name, value);
  other.className = field.className.replace(/form-(control|select)/, tag === "select" ? "form-select" : "form-control");
  field.replaceWith(other);
  return other;
}

function list(field, first, names, value) {
  const select = turn(field, "select");
  select.replaceChildren(...[["", first], ...names].map(([code, words]) => new Option(words, code)));
  const wanted = names.find(([code]) => value && (code === value || code.startsWith(value)));
  select.value = wanted ? wanted[0] : "";
  return select;
}

function arrange(root) {
  const level = (name) => root.querySelector(`[data-level="${name}"]`);
  const row = (field, shown) => { field.closest(".field").hidden = !shown; };

  async function follow(city = level("city").value, district = level("district").value) {
    const province = level("province").value;
    if (!province) return;
    let cities;
    try { cities = await below(root.dataset.places, province); } catch { return; }
    if (province !== level("province").value) return;
    const names = Object.keys(cities);
    const chosen = list(level("city"), root.dataset.chooseCity, names.map((name) => [name, name]), names.length === 1 ? names[0] : city);
    row(chosen, names.length > 1);
    const districts = cities[chosen.value] ?? [];
    const unlisted = districts.length ? [[UNLISTED, root.dataset.unlisted]] : [];
    row(list(level("district"), root.dataset.chooseDistrict, [...districts.map((name) => [name, name]), ...unlisted], district), districts.length);
  }

  root.addEventListener("change", ({ target }) => {
    if (target.dataset.level === "province") follow("", "");
    if (target.dataset.level === "city") follow(target.value, "");
  });

  const paste = root.querySelector("[data-paste]");
  const text = paste.querySelector("textarea");
  const said = paste.querySelector("[data-paste-said]");
  async function read() {
    if (!text.value.trim()) return text.focus();
    try {
      const token = root.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
      const body = new URLSearchParams({ text: text.value });
      const answer = await fetch(root.dataset.read, { method: "POST", headers: { "X-CSRFToken": token }, body });
      if (!answer.ok) throw new Error(answer.status);
      await fill(await answer.json());
    } catch { said.textContent = root.dataset.failed; }
  }
  async function fill({ city, district, province, ...rest }) {
    for (const [name, value] of Object.entries(rest)) {
      const field = root.querySelector(`[name$="${name}"]`);
      if (field && value) field.value = value;
    }
    if (province) {
      level("province").value = province;
      await follow(city, district);
    }
    const fields = [...root.querySelectorAll(".field:not([hidden]):not([data-paste]) :is(input:not([type=checkbox]), select)")];
    const empty = fields.filter((field) => !field.value);
    said.textContent = empty.length ? root.dataset.missing : root.dataset.done;
    empty[0]?.focus();
  }
  paste.hidden = false;
  paste.querySelector("[data-paste-read]").addEventListener("click", read);
  text.addEventListener("paste", () => setTimeout(read));
  follow();
}

function seek() {
  for (const root of document.querySelectorAll("[data-places]:not([data-ready])")) {
    if (!root.offsetParent) continue;
    root.dataset.ready = "";
    arrange(root);
  }
}
document.addEventListener("change", seek);
document.addEventListener("htmx:load", seek);
seek();
