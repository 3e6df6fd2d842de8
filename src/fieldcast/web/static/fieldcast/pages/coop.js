// Selecting many orders at once, and pasting a whole column of tracking numbers.

for (const form of document.querySelectorAll("[data-select]")) {
  const all = form.querySelector("[data-select-all]");
  const count = form.querySelector("[data-select-count]");
  const boxes = [...form.querySelectorAll("input[name=o]")];
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    if (count) count.textContent = chosen ? count.dataset.words.replace("{n}", chosen) : "";
    if (all) { all.checked = chosen > 0 && chosen === boxes.length; all.indeterminate = chosen > 0 && chosen < boxes.length; }
  };
  all?.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); show(); });
  form.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}

for (const form of document.querySelectorAll("[data-paste-column]")) {
  const fields = [...form.querySelectorAll("[data-tracking]")];
  form.addEventListener("paste", (event) => {
    const at = fields.indexOf(event.target);
    const numbers = (event.clipboardData?.getData("text") ?? "").split(/[\r\n]+/).map((one) => one.trim()).filter(Boolean);
    if (at < 0 || numbers.length < 2) return;
    event.preventDefault();
    numbers.slice(0, fields.length - at).forEach((number, index) => { fields[at + index].value = number; });
  });
  // a scanner ends each number with Enter: on to the next box, and only the last one sends the form
  form.addEventListener("keydown", (event) => {
    const at = fields.indexOf(event.target);
    if (event.key !== "Enter" || at < 0 || at === fields.length - 1) return;
    event.preventDefault();
    fields[at + 1].focus();
  });
}
