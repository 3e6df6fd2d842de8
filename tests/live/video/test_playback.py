"""A browser plays the live playlist through the end of the film and on into its next repetition."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fieldcast.live.video import CONTENT_TYPES, Package, ended_playlist, live_playlist

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PLAYER = Path(__file__).resolve().parents[3] / "node_modules" / "hls.js" / "dist" / "hls.min.js"
PAGE = """<!doctype html><video muted autoplay playsinline></video><script src="/hls.js"></script><script>
const video = document.querySelector("video"), player = new Hls();
window.errors = []; window.numbers = [];
player.on(Hls.Events.ERROR, (_, error) => errors.push(error.details));
player.on(Hls.Events.FRAG_CHANGED, (_, {frag}) => numbers.push([frag.sn, frag.cc]));
player.loadSource("/live.m3u8"); player.attachMedia(video);
</script>"""


class Room(BaseHTTPRequestHandler):
    """A room open since `opened`, closed once `closed` holds a time."""

    def __init__(
        self, *args: Any, package: Package, directory: Path, opened: datetime, closed: list[datetime]
    ) -> None:
        self.package, self.directory, self.opened, self.closed = package, directory, opened, closed
        super().__init__(*args)

    def do_GET(self) -> None:
        content, kind = self.answer()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def answer(self) -> tuple[bytes, str]:
        if self.path == "/":
            return PAGE.encode(), "text/html"
        if self.path == "/hls.js":
            return PLAYER.read_bytes(), "text/javascript"
        if self.path == "/live.m3u8":
            if self.closed:
                text = ended_playlist(
                    self.package, started_at=self.opened, ended_at=self.closed[0], base="/clip/"
                )
            else:
                text = live_playlist(
                    self.package, started_at=self.opened, now=datetime.now(UTC), base="/clip/"
                )
            return text.encode(), CONTENT_TYPES[".m3u8"]
        path = self.directory / self.path.rpartition("/")[2]
        return (path.read_bytes(), CONTENT_TYPES[path.suffix]) if path.is_file() else (b"", "text/plain")

    def log_message(self, *args: Any) -> None:
        """A test needs no access log."""


@pytest.fixture
def room(packaged: tuple[Package, Path]) -> Iterator[tuple[str, list[datetime]]]:
    assert PLAYER.is_file(), "the page's scripts are missing: run `make setup`"
    package, directory = packaged
    closed: list[datetime] = []
    handler = partial(Room, package=package, directory=directory, opened=datetime.now(UTC), closed=closed)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", closed
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_playback_runs_on_through_the_loop_and_ends_with_the_session(
    browser: "Browser", room: tuple[str, list[datetime]]
) -> None:
    address, closed = room
    page = browser.new_page()
    try:
        page.goto(address)
        if not page.evaluate("""MediaSource.isTypeSupported('video/mp4; codecs="avc1.4d401f,mp4a.40.2"')"""):
            pytest.skip("this Chromium was built without H.264")
        page.wait_for_function("numbers.length && !video.paused && video.currentTime > 0", timeout=30_000)
        page.wait_for_function(
            "numbers.at(-1)[1] > numbers[0][1] && numbers.at(-1)[0] % 4 > 0", timeout=40_000
        )
        numbers = page.evaluate("numbers")
        assert [number for number, _ in numbers] == list(range(numbers[0][0], numbers[0][0] + len(numbers)))
        assert all(repetition == number // 4 for number, repetition in numbers)
        closed.append(datetime.now(UTC))
        page.wait_for_function("video.ended", timeout=40_000)
        assert page.evaluate("errors") == []
    finally:
        page.close()
