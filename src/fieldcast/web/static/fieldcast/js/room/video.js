// The picture: HLS by the browser itself where it can, else by hls.js. It starts without sound, as browsers want it. After
// an outage the live window has moved on, and no player finds its way by itself: whether it runs is looked at every
// second, "reconnecting" is said while it does not, and it is brought back, for as long as it takes.
import { toast } from "../toast.js";
import { hlsPlayer, nativePlayer } from "./players.js";
import { watchPicture } from "./picture.js";

const HLS_TYPE = "application/vnd.apple.mpegurl";
const LOOK_MS = 1000;
const now = () => performance.now() / 1000;

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done(window.Hls);
    script.onerror = () => failed(new Error(address));
    document.head.append(script);
  });
}

export async function arrangeVideo({ urls, words }) {
  const video = document.getElementById("video");
  arrangeSound(video, words);
  if (!urls.video) return;
  const watch = watchPicture();
  const told = { coming: () => watch.coming(now()), failed: () => watch.failed(now()) };
  const native = video.canPlayType(HLS_TYPE) && !window.MediaSource;
  let player = null;
  async function begin() {
    const Hls = native ? null : window.Hls ?? await load(urls.hls);
    const parts = { video, address: urls.video, ...told };
    player = Hls?.isSupported() ? hlsPlayer({ Hls, ...parts }) : nativePlayer(parts);
    player.again();
  }
  keep({ video, watch, words, act: (what) => (player ? player[what]() : begin().catch(told.failed)) });
  await begin().catch(told.failed);
}

function keep({ video, watch, words, act }) {
  const sign = document.getElementById("picture-net");
  const again = document.getElementById("picture-again");
  let played = false;
  let said = false;

  function show(state) {
    const text = state === "playing" ? "" : state === "long" ? sign.dataset.long : sign.dataset.lost;
    if (sign.textContent !== text) sign.textContent = text; // said once, not every second
    sign.hidden = !text;
    again.hidden = state !== "long";
    if (state === "long" && !played && !said) toast(words.noVideo, "info");
    said ||= state === "long";
  }

  function look() {
    const wanted = !document.hidden && !video.ended && (!video.paused || watch.state(now()) !== "playing");
    const what = watch.look({ now: now(), position: video.currentTime, wanted, online: navigator.onLine });
    played ||= video.currentTime > 0;
    if (what) act(what);
    show(watch.state(now()));
  }

  const hurry = () => { watch.hurry(now()); look(); };
  again.addEventListener("click", hurry);
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (video.paused && played) video.play().catch(() => {});
    hurry();
  });
  setInterval(look, LOOK_MS);
}

function arrangeSound(video, words) {
  const button = document.getElementById("sound");
  button.addEventListener("click", () => {
    video.muted = !video.muted;
    button.setAttribute("aria-pressed", String(!video.muted));
    button.setAttribute("aria-label", video.muted ? words.soundOn : words.soundOff);
    video.play().catch(() => {});
  });
}
