// Does the picture run, and what is to be done when it does not. It is told of what happens and asked once a second; it
// knows no element, no clock and no network, so that any order of events can be tried. Times are seconds.
const STUCK = 4;
const LONG = 30;
const FIRST_PAUSE = 4;
const LONGEST_PAUSE = 20;
const STEP = 2.5; // what plays moves by about a second between two looks; more is a jump, and a jump is not playing

export function watchPicture() {
  let at = null;
  let movedAt = null;
  let lostAt = null;
  let next = 0;
  let pause = FIRST_PAUSE;
  let tries = 0;

  function lose(now) {
    if (lostAt !== null) return;
    lostAt = now;
    next = now;
    pause = FIRST_PAUSE;
    tries = 0;
  }

  function moved(now, position) {
    const step = at === null ? 0 : position - at;
    if (position !== at) movedAt = now;
    at = position;
    if (step > 0 && step <= STEP) lostAt = null;
    return step > 0 && step <= STEP;
  }

  // What to do now: "nudge" moves to the live edge, "again" begins anew, "" is nothing. `wanted`: somebody would see it.
  function look({ now, position, wanted, online }) {
    movedAt ??= now;
    if (moved(now, position)) return "";
    if (lostAt === null && !wanted) movedAt = now;
    if (lostAt === null && now - movedAt >= STUCK) lose(now);
    if (lostAt === null || !wanted || !online || now < next) return "";
    tries += 1;
    next = now + pause;
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    return tries === 1 && now - lostAt < LONG / 2 ? "nudge" : "again";
  }

  return {
    look,
    failed(now) { lose(now); tries = Math.max(tries, 1); }, // the player gave up: no use in nudging it
    coming(now) { next = Math.max(next, now + FIRST_PAUSE); }, // something arrives: do not tear it down
    hurry(now) { next = now; pause = FIRST_PAUSE; }, // the network is back, the page is seen again, a finger pressed
    state(now) { return lostAt === null ? "playing" : now - lostAt >= LONG ? "long" : "reconnecting"; },
  };
}
