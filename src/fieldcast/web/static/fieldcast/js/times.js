// Times that grow old: "3 minutes ago" is kept true, and a hold counts down. The server says the words for anything an
// hour or more away, so these two never disagree.
import { word } from "./words.js";

function near(then, now) {
  const minutes = Math.floor(Math.abs(then - now) / 60000);
  if (minutes >= 60) return null;
  if (minutes < 1) return then <= now ? word("now") : word("soon");
  if (minutes === 1) return word(then < now ? "agoOne" : "aheadOne");
  return word(then < now ? "ago" : "ahead", { n: minutes });
}

function refreshTimes() {
  for (const time of document.querySelectorAll("time[data-when]")) {
    const words = near(Date.parse(time.dateTime), Date.now());
    if (words && words !== time.textContent) time.textContent = words;
  }
}

function refreshCountdowns() {
  for (const time of document.querySelectorAll("[data-until]")) {
    const left = Math.max(0, Math.ceil((Date.parse(time.dataset.until) - Date.now()) / 1000));
    const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60), left % 60];
    const clock = [minutes, seconds].map((part) => String(part).padStart(2, "0")).join(":");
    time.textContent = hours ? `${hours}:${clock}` : clock;
    if (left === 0 && !time.dataset.over) {
      time.dataset.over = "1";
      time.dispatchEvent(new CustomEvent("until:over", { bubbles: true }));
      if (time.hasAttribute("data-reload")) setTimeout(() => location.reload(), 1500);
    }
  }
}

setInterval(refreshTimes, 20000);
setInterval(refreshCountdowns, 1000);
export function arrangeTimes() { refreshTimes(); refreshCountdowns(); }
