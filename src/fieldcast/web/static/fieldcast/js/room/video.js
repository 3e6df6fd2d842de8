// The picture: HLS by the browser itself where it can, else by hls.js, fetched only then. It starts without sound, as
// browsers want it; when it fails the room goes on without it and says so once.
import { toast } from "../toast.js";

const HLS_TYPE = "application/vnd.apple.mpegurl";
const TRIES = 5;

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done(window.Hls);
    script.onerror = () => failed(new Error(address));
    document.head.append(script);
  });
}

export function arrangeVideo({ urls, words }) {
  const video = document.getElementById("video");
  arrangeSound(video, words);
  if (!urls.video) return;
  let told = false;
  const tell = () => {
    if (told || video.readyState > 2) return;
    told = true;
    toast(words.noVideo, "info");
  };
  const play = () => video.play().catch(() => {}); // refused without a touch: the poster stays, the sound button starts it
  const native = video.canPlayType(HLS_TYPE) && !window.MediaSource;
  if (native) {
    video.src = urls.video;
    video.addEventListener("error", tell);
    play();
    return;
  }
  load(urls.hls).then((Hls) => withHls(Hls, video, urls.video, { tell, play })).catch(tell);
}

function withHls(Hls, video, address, { tell, play }) {
  if (!Hls.isSupported()) {
    video.src = address;
    return;
  }
  let tries = 0;
  const hls = new Hls({ maxBufferLength: 20, backBufferLength: 10, liveSyncDurationCount: 3, capLevelToPlayerSize: true });
  hls.on(Hls.Events.MANIFEST_PARSED, play);
  hls.on(Hls.Events.FRAG_BUFFERED, () => { tries = 0; });
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (!data.fatal) return;
    tries += 1;
    if (tries > TRIES) {
      tell();
      hls.destroy();
    } else if (data.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else {
      if (tries === 2) tell();
      setTimeout(() => hls.loadSource(address), 1000 * tries);
    }
  });
  hls.loadSource(address);
  hls.attachMedia(video);
  addEventListener("pagehide", () => hls.destroy());
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
