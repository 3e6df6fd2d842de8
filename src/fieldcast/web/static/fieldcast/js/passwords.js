// "Show" beside every password field, for whoever types with a thumb. Made here, so that a page without scripts has no
// button that does nothing. A form hides what it holds again before it is sent.
import { word } from "./words.js";

const ARRANGED = "shown";

export function arrangePasswords(root) {
  for (const input of root.querySelectorAll("input[type=password]")) {
    if (ARRANGED in input.dataset) continue;
    input.dataset[ARRANGED] = "no";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-line password-show";
    const box = document.createElement("div");
    box.className = "beside";
    input.replaceWith(box);
    box.append(input, button);
    if (input.id) button.setAttribute("aria-controls", input.id);
    const show = (on) => {
      input.type = on ? "text" : "password";
      button.setAttribute("aria-pressed", String(on));
      button.textContent = word(on ? "hide" : "show");
      button.setAttribute("aria-label", word(on ? "hidepassword" : "showpassword"));
    };
    show(false);
    button.addEventListener("click", () => { show(input.type === "password"); });
    input.form?.addEventListener("submit", () => { show(false); });
  }
}
