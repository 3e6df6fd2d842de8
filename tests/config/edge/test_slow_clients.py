"""Slow and greedy clients on real sockets: pages go on answering, and what is cut, too large or odd reaches none."""

import os
import re
from collections.abc import Iterator

import httpx
import pytest

from fieldcast.config.runner import Platform
from fieldcast.config.temporary import temporary
from tests.config.edge.small import FILE_BYTES
from tests.config.edge.sockets import answer, besieged, said, well

pytestmark = pytest.mark.concurrency
SENDERS, READERS = 60, 60
FORM = b"Content-Type: application/x-www-form-urlencoded"


def served(pages: str) -> Iterator[Platform]:
    variables = {
        "FIELDCAST_SANDBOX": "",
        "FIELDCAST_WORKERS": "1",
        "FIELDCAST_DATABASE_URL": os.environ["FIELDCAST_DATABASE_URL"],
    }
    with (
        temporary(variables=variables) as env,
        Platform(
            environment=env, prepare=lambda _: None, pages=f"tests.config.edge.small:{pages}", jobs=False
        ) as platform,
    ):
        yield platform


@pytest.fixture(scope="module")
def guarded() -> Iterator[Platform]:
    yield from served("application")


@pytest.fixture
def bare() -> Iterator[Platform]:
    yield from served("bare")


def post(path: str, length: int, body: bytes = b"", *headers: bytes) -> bytes:
    lines = [f"POST {path} HTTP/1.1".encode(), b"Host: x", f"Content-Length: {length}".encode(), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


HALF = b"units=120&amount=4"
HALF_A_FORM = post("/form", len(HALF) + 6, HALF, FORM)


def taken(server: Platform) -> str:
    return httpx.get(f"{server.url}/taken", trust_env=False).text


def forwarded(server: Platform) -> str:
    """Where a page believes the request comes from, when a stranger adds to what the proxy said."""
    headers = {"X_Forwarded_For": "198.51.100.66", "X-Forwarded-For": "203.0.113.5"}
    return httpx.get(f"{server.url}/forwarded", headers=headers, trust_env=False).text


def test_pages_and_health_answer_while_sixty_send_slowly_and_sixty_do_not_read(guarded: Platform) -> None:
    with besieged(guarded, senders=SENDERS, readers=READERS):
        assert all(well(guarded, seconds=5) for _time in range(5))
        assert all(well(guarded, "/healthz", seconds=5) for _time in range(5))


def test_without_the_edge_each_of_these_faults_is_there(bare: Platform) -> None:
    """The control: what the tests here look for happens, on the same server, when only the edge is left out."""
    answer(bare, HALF_A_FORM, cut=True)
    assert taken(bare) == f"[{len(HALF)}]"  # half a form, taken for whole
    assert forwarded(bare) == "198.51.100.66,203.0.113.5"
    for senders, readers in ((SENDERS, 0), (0, READERS)):
        assert well(bare, seconds=5)
        with besieged(bare, senders=senders, readers=readers):
            assert not well(bare, seconds=2)


def test_a_body_that_breaks_off_reaches_no_page(guarded: Platform) -> None:
    refused = answer(guarded, HALF_A_FORM, cut=True)
    assert b" 400 " in refused.split(b"\r\n", 1)[0]
    assert b"body_cut_off" in refused
    assert taken(guarded) == "[]"


@pytest.mark.parametrize("pieces", [b"3\r\nabc\r\n", b"30\r\nabc", b"3\r\nabcd\r\n"])
def test_a_body_in_chunks_that_breaks_off_reaches_no_page(guarded: Platform, pieces: bytes) -> None:
    words = b"POST /api/v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces
    assert b'"code": "body_cut_off"' in answer(guarded, words, cut=True)
    assert taken(guarded) == "[]"


def test_a_stranger_with_more_than_a_form_is_refused_before_he_is_heard(guarded: Platform) -> None:
    asked = post("/accounts/login/", 800_000_000, b"", b"Expect: 100-continue")
    with said(guarded, asked) as one:
        first = one.recv(65536)
    assert b" 413 " in first.split(b"\r\n", 1)[0]  # and not "100 Continue"
    assert b"connection: close" in first.lower()


def test_more_than_was_said_in_chunks_is_refused_when_it_is_too_much(guarded: Platform) -> None:
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    words = b"POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 2
    assert b" 413 " in answer(guarded, words, cut=True).split(b"\r\n", 1)[0]


@pytest.mark.parametrize(
    "twice",
    [b"Host: y", b"Content-Type: a\r\nContent-Type: b", b"Authorization: a\r\nAuthorization: b"],
)
def test_a_header_that_stands_once_is_refused_when_it_stands_twice(guarded: Platform, twice: bytes) -> None:
    assert (
        b" 400 " in answer(guarded, b"GET / HTTP/1.1\r\nHost: x\r\n" + twice + b"\r\n\r\n").split(b"\r\n")[0]
    )


def test_a_header_with_underscores_does_not_pass_for_another(guarded: Platform) -> None:
    assert forwarded(guarded) == "203.0.113.5"


def test_cookies_in_several_headers_are_read_as_one(guarded: Platform) -> None:
    headers = [("Cookie", "a=1"), ("Cookie", "b=2")]
    assert httpx.get(f"{guarded.url}/cookie", headers=headers, trust_env=False).text == "a=1; b=2"


def test_a_file_comes_whole_and_its_head_without_it(guarded: Platform) -> None:
    whole = httpx.get(f"{guarded.url}/file", trust_env=False)
    assert whole.content == bytes(FILE_BYTES)
    head = httpx.head(f"{guarded.url}/file", trust_env=False)
    assert (head.headers["content-length"], head.content) == (str(FILE_BYTES), b"")


def test_a_body_in_chunks_is_read_whole(guarded: Platform) -> None:
    httpx.post(f"{guarded.url}/form", content=iter([b"a" * 1000, b"b" * 500]), trust_env=False)
    assert re.search(r"\b1500\b", taken(guarded))
