"""A connection whose other end takes nothing is given up by the kernel, with all it holds for it."""

import os
import select
import socket
from contextlib import suppress

import pytest

from fieldcast.config.edge import listening


def test_looking_for_sockets_leaves_no_file_open() -> None:
    with open("/dev/null", "rb"), socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        before = len(os.listdir(listening.OPEN))
        assert listening.drop_who_takes_nothing() >= 1
        assert len(os.listdir(listening.OPEN)) == before


def test_who_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "GIVE_UP_MS", 1500)
    with socket.socket() as server, socket.socket() as greedy:
        server.bind(("127.0.0.1", 0))
        server.listen()
        assert listening.drop_who_takes_nothing() >= 1
        greedy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        greedy.connect(server.getsockname())
        accepted, _address = server.accept()
        with accepted:
            accepted.setblocking(False)
            with suppress(BlockingIOError):
                while True:
                    accepted.send(bytes(65536))
            poll = select.poll()
            poll.register(accepted, select.POLLERR)
            assert poll.poll(10_000)
