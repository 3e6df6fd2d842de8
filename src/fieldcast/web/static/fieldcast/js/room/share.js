// Passing the session on: the phone's own sheet where there is one, else the address is copied, else it is shown.
import { openSheet } from "../sheet.js";
import { toast } from "../toast.js";

const csrf = () => document.querySelector("meta[name=csrf-token]").content;

export function arrangeShare({ url, words }) {
  const button = document.getElementById("share");
  const text = document.getElementById("link-text");
  const count = () => fetch(url, { method: "POST", headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" } }).catch(() => {});

  button.addEventListener("click", async () => {
    const address = location.origin + location.pathname;
    text.value = address;
    try {
      if (navigator.share) await navigator.share({ title: button.dataset.title, url: address });
      else {
        await navigator.clipboard.writeText(address);
        toast(words.shared, "success");
      }
    } catch (error) {
      if (error.name === "AbortError") return; // thought better of it
      openSheet("link");
      text.select();
    }
    count();
  });
}
