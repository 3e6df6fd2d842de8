"""The picture comes back after any outage: how it is decided, on both players, and in a real room with a real film."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles import finders

from fieldcast.live.video import CONTENT_TYPES, Package, live_playlist
from fieldcast.live.video.sources.clip.cutting import package_hls
from tests.live.video.films import make_film

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not finders.find("vendor/hls/hls.light.min.js"), reason="the pages' scripts are not installed"
    ),
]
PLACE = "http://fieldcast.test"


@pytest.fixture
def blank(browser: "Browser") -> Iterator["Page"]:
    """An empty page beside our scripts."""

    def answer(route: "Route") -> None:
        name = route.request.url.removeprefix(f"{PLACE}/static/")
        found = finders.find(name) if "/static/" in route.request.url else None
        if found is None:
            route.fulfill(body="<!doctype html><title>t</title>", content_type="text/html")
        else:
            route.fulfill(path=str(found), content_type="text/javascript")

    context = browser.new_context()
    context.route(f"{PLACE}/**", answer)
    page = context.new_page()
    page.goto(PLACE)
    yield page
    context.close()


# each step: the second, where the picture stands, more of what is looked at, or a name of what happened
WATCH = """async (steps) => {
  const { watchPicture } = await import("/static/fieldcast/js/room/picture.js");
  const watch = watchPicture();
  return steps.map(([now, position, more = {}, happened]) => {
    if (happened) watch[happened](now);
    const did = watch.look({ now, position, wanted: true, online: true, ...more });
    return did ? `${now} ${did}` : watch.state(now) === "playing" ? "" : `${now} ${watch.state(now)}`;
  }).filter(Boolean);
}"""


def watched(page: "Page", *steps: list[Any]) -> list[str]:
    """What was done and said at which second."""
    return list(page.evaluate(WATCH, list(steps)))


def still(begin: int, end: int, **more: Any) -> list[list[Any]]:
    """Seconds in which the picture stands at 5."""
    return [[second, 5, more] for second in range(begin, end)]


def test_a_still_picture_is_nudged_then_begun_anew_with_longer_and_longer_pauses(blank: "Page") -> None:
    said = watched(blank, [0, 4], [1, 5], *still(2, 60))
    assert [one for one in said if "nudge" in one or "again" in one] == [
        "5 nudge", "9 again", "17 again", "33 again", "53 again",
    ]  # fmt: skip
    assert said[1] == "6 reconnecting"
    assert next(one for one in said if "long" in one) == "35 long"


def test_nothing_is_tried_while_there_is_no_network_and_at_once_when_it_is_back(blank: "Page") -> None:
    said = watched(
        blank, [0, 4], [1, 5], *still(2, 120, online=False), [120, 5, {}, "hurry"], [121, 126], [122, 127]
    )
    assert [one for one in said if "nudge" in one or "again" in one] == ["120 again"]
    assert said[-1] == "121 long"  # the jump to the live edge is not playing; the second after it is


def test_a_picture_nobody_sees_or_that_was_never_allowed_to_begin_is_not_lost(blank: "Page") -> None:
    assert watched(blank, *still(0, 60, wanted=False)) == []


def test_a_player_that_gave_up_is_begun_anew_and_one_that_receives_is_left_alone(blank: "Page") -> None:
    assert watched(blank, [0, 4], [1, 5], [2, 5, {}, "failed"], [3, 5])[0] == "2 again"
    coming = [[second, 5, {}, "coming"] for second in range(6, 20)]
    said = watched(blank, [0, 4], [1, 5], *still(2, 6), *coming)
    assert [one for one in said if "again" in one] == []


# an iPhone's player, which Chromium has not got: an element that only notes what is asked of it
NATIVE = """async () => {
  const { nativePlayer } = await import("/static/fieldcast/js/room/players.js");
  const video = new EventTarget(); const did = [];
  Object.assign(video, {
    seekable: { length: 1, start: () => 100, end: () => 130 },
    play: () => { did.push("play"); return Promise.reject(new Error("not without a touch")); },
    load: () => did.push(`load ${video.src}`),
  });
  const player = nativePlayer({ video, address: "/live/1/video.m3u8",
    coming: () => did.push("coming"), failed: () => did.push("failed") });
  player.again();
  video.dispatchEvent(new Event("progress"));
  player.nudge(); did.push(`at ${video.currentTime}`);
  video.dispatchEvent(new Event("error"));
  player.again();
  video.seekable = { length: 0 };
  player.nudge();
  return did;
}"""


def test_the_browser_s_own_player_is_moved_to_the_live_edge_and_begun_anew_under_another_address(
    blank: "Page",
) -> None:
    assert blank.evaluate(NATIVE) == [
        "load /live/1/video.m3u8", "play", "coming", "play", "at 124", "failed",
        "load /live/1/video.m3u8?again=2", "play", "load /live/1/video.m3u8?again=3", "play",
    ]  # fmt: skip


class Room:
    """A room's stage with our scripts and a real film, at a time and on a line that a test has in its hands."""

    def __init__(self, package: Package, directory: Path) -> None:
        self._package = package
        self._directory = directory
        self._began = datetime.now(UTC) - timedelta(minutes=10)
        self.ahead = timedelta(0)  # so much later it is than the clock says: an outage without the waiting
        self.down = False

    def answer(self, route: "Route") -> None:
        """Whatever the page asks for."""
        path = route.request.url.removeprefix(PLACE).partition("?")[0]
        if self.down:
            route.abort("internetdisconnected")
        elif path.startswith("/static/"):
            route.fulfill(
                path=str(finders.find(path.removeprefix("/static/"))), content_type="text/javascript"
            )
        elif path == "/live.m3u8":
            now = datetime.now(UTC) + self.ahead
            text = live_playlist(self._package, started_at=self._began, now=now, base="/clip/")
            route.fulfill(body=text, content_type=CONTENT_TYPES[".m3u8"])
        elif path.startswith("/clip/"):
            file = self._directory / path.rpartition("/")[2]
            route.fulfill(body=file.read_bytes(), content_type=CONTENT_TYPES[file.suffix])
        else:
            route.fulfill(body=STAGE, content_type="text/html")


STAGE = """<!doctype html><video id="video" muted autoplay playsinline></video><button id="sound"></button>
<p id="picture-net" data-lost="lost" data-long="long" hidden></p><button id="picture-again" hidden></button>
<script type="module">
import { arrangeVideo } from "/static/fieldcast/js/room/video.js";
arrangeVideo({ urls: { video: "/live.m3u8", hls: "/static/vendor/hls/hls.light.min.js" }, words: {} });
</script>"""
POSITION = "document.getElementById('video').currentTime"


def until(page: "Page", true: str, *, within_s: float = 30) -> None:
    """Wait until an expression holds."""
    deadline = time.monotonic() + within_s
    while not page.evaluate(true):
        assert time.monotonic() < deadline, true
        page.wait_for_timeout(50)


@pytest.fixture
def stage(browser: "Browser", tmp_path: Path) -> Iterator[tuple["Page", Room]]:
    """The stage of a room with its picture playing."""
    film = make_film(tmp_path / "film.mp4", seconds=8, gop=15)
    package = package_hls(film, tmp_path / "media" / "clips" / "film")
    room = Room(package, tmp_path / "media" / "clips" / "film")
    context = browser.new_context()
    context.route(f"{PLACE}/**", room.answer)
    page = context.new_page()
    page.goto(f"{PLACE}/")
    if not page.evaluate("MediaSource.isTypeSupported('video/mp4; codecs=\"avc1.42E01E,mp4a.40.2\"')"):
        pytest.skip("this Chromium cannot play H.264")
    until(page, f"{POSITION} > 0.5")
    yield page, room
    context.close()


def lose(page: "Page", room: Room, *, said: bool) -> None:
    """Take the line away until the picture stands still, and with `said` until the room says so."""
    room.down = True
    page.context.set_offline(True)
    page.evaluate("document.getElementById('video').playbackRate = 8")  # what is kept is soon used up
    if said:
        page.locator("#picture-net", has_text="lost").wait_for()
    else:
        page.wait_for_timeout(1200)


@pytest.mark.parametrize("seconds", [5, 30, 120])
def test_the_picture_plays_again_after_an_outage_and_the_room_says_meanwhile(
    stage: tuple["Page", Room], seconds: int
) -> None:
    page, room = stage
    lose(page, room, said=seconds > 5)
    room.ahead += timedelta(seconds=seconds)
    stood = page.evaluate(POSITION)
    room.down = False
    page.context.set_offline(False)
    page.evaluate("document.getElementById('video').playbackRate = 1")
    until(page, f"Math.abs({POSITION} - {stood}) > 0.5 && document.getElementById('video').readyState >= 3")
    began = page.evaluate(POSITION)
    until(page, f"{POSITION} > {began} + 0.5")
    page.locator("#picture-net").wait_for(state="hidden")
