"""Clients that misbehave, on real sockets, to this machine alone."""

import contextlib
import socket
import time
from collections.abc import Iterator

import httpx

from fieldcast.config.runner import Platform


@contextlib.contextmanager
def said(server: Platform, words: bytes, *, small: bool = False) -> Iterator[socket.socket]:
    """A connection on which `words` were said; with `small` it takes little at a time."""
    with socket.socket() as one:
        one.settimeout(10)
        if small:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(("127.0.0.1", server.environment.port))
        one.sendall(words)
        yield one


def answer(server: Platform, words: bytes, *, cut: bool = False) -> bytes:
    """Everything the server says to `words`; with `cut` nothing more is sent after them."""
    with said(server, words) as one:
        if cut:
            one.shutdown(socket.SHUT_WR)
        found = b""
        while piece := one.recv(65536):
            found += piece
        return found


@contextlib.contextmanager
def besieged(server: Platform, *, senders: int, readers: int) -> Iterator[None]:
    """That many half-sent forms, and files that nobody reads, for as long as the block lasts."""
    half = b"POST /accounts/login/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nlogin=139"
    greedy = b"GET /file HTTP/1.1\r\nHost: x\r\n\r\n"
    with contextlib.ExitStack() as held:
        for words in [half] * senders + [greedy] * readers:
            held.enter_context(said(server, words, small=True))
        time.sleep(0.5)  # until each has been taken up
        yield


def well(server: Platform, path: str = "/", *, seconds: float) -> bool:
    """Does the page answer in time?"""
    try:
        return httpx.get(f"{server.url}{path}", timeout=seconds, trust_env=False).is_success
    except httpx.TimeoutException:
        return False
