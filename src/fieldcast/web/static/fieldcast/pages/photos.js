// Photos of a form: shown small before they are sent, made smaller (a phone's picture of 6 MB travels badly), taken out
// again. Without it the field is an ordinary one of files; the server draws every picture anew whatever comes.

import { beside, taken } from "./taken.js";

const LONGEST = 1600; // px
const QUALITY = 0.82;
const ENOUGH = 400 * 1024; // bytes that are sent as they are

async function drawn(file, longest) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

async function smaller(file) {
  if (file.size <= ENOUGH) return file;
  try {
    const canvas = await drawn(file, LONGEST);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([beside(blob, await taken(file))], file.name, { type: "image/jpeg" });
  } catch {
    return file; // no picture this browser can read: the server says so, beside the form
  }
}

function show(box, input) {
  const list = box.querySelector("[data-photos-shown]");
  list.replaceChildren();
  list.hidden = !input.files.length;
  [...input.files].forEach((file, place) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-s btn-line btn-wide";
    button.textContent = list.dataset.remove.replace("#", place + 1);
    button.addEventListener("click", () => {
      const left = [...input.files].filter((_, at) => at !== place);
      put(input, left);
      kept.set(input, left);
      show(box, input);
      input.focus();
    });
    item.append(button);
    list.append(item);
    drawn(file, 240).then((canvas) => { canvas.className = "picture"; item.prepend(canvas); }, () => item.prepend(file.name));
  });
}

function put(input, files) {
  const data = new DataTransfer();
  files.forEach((file) => data.items.add(file));
  input.files = data.files;
}

const kept = new WeakMap(); // what was chosen before: choosing again adds, as people expect of a camera

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (input.dataset?.photos === undefined) return;
  const box = input.closest(".field");
  const said = box.querySelector("[data-photos-said]");
  const button = input.form.querySelector("button:not([type=button])");
  const most = Number(input.dataset.photos);
  const chosen = [...(kept.get(input) ?? []), ...input.files];
  said.textContent = said.dataset.making;
  button.disabled = true;
  const files = await Promise.all(chosen.slice(0, most).map(smaller));
  put(input, files);
  kept.set(input, files);
  said.textContent = chosen.length > most ? said.dataset.most : "";
  button.disabled = false;
  show(box, input);
});
