// Two ways to the same picture: the browser's own player (iPhones), and hls.js, fetched only where it is needed. Each can
// begin, be moved to the live edge, begin anew, and says when something arrives or when it has given up.
const EDGE_S = 6; // behind the end of what is there: as far as a player keeps away from it

export function nativePlayer({ video, address, coming, failed }) {
  let tries = 0;
  video.addEventListener("error", failed);
  for (const name of ["progress", "loadeddata"]) video.addEventListener(name, coming);
  const play = () => video.play()?.catch(() => {}); // refused without a touch: the poster stays, the sound button starts it
  return {
    play,
    nudge() {
      const last = video.seekable.length - 1;
      if (last < 0) return this.again();
      video.currentTime = Math.max(video.seekable.start(last), video.seekable.end(last) - EDGE_S);
      return play();
    },
    again() {
      tries += 1; // another address, or the phone shows what it still has of the old playlist
      video.src = tries > 1 ? `${address}?again=${tries}` : address;
      video.load();
      return play();
    },
  };
}

export function hlsPlayer({ Hls, video, address, coming, failed }) {
  let hls = null;
  let mended = 0;
  const play = () => video.play()?.catch(() => {});
  addEventListener("pagehide", () => hls?.destroy());
  return {
    play,
    nudge() {
      hls.startLoad(-1);
      if (hls.liveSyncPosition) video.currentTime = hls.liveSyncPosition;
      play();
    },
    again() {
      hls?.destroy();
      hls = new Hls({ maxBufferLength: 20, backBufferLength: 10, liveSyncDurationCount: 3, capLevelToPlayerSize: true });
      mended = 0;
      hls.on(Hls.Events.MANIFEST_PARSED, play);
      hls.on(Hls.Events.FRAG_LOADED, coming);
      hls.on(Hls.Events.ERROR, (_, data) => {
        if (!data.fatal) return;
        if (data.type === Hls.ErrorTypes.MEDIA_ERROR && mended++ === 0) hls.recoverMediaError();
        else failed();
      });
      hls.loadSource(address);
      hls.attachMedia(video);
    },
  };
}
