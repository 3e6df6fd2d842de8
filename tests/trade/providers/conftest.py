"""A sandbox for each module, and for each test a receiver and a server that behaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldcast.trade.providers.sandbox.client import SandboxProvider
from tests.trade.providers.standing import Receiver, Server


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("home"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running: Server) -> Server:
    running.misbehave(profile="none")
    return running


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture(scope="module")
def adapter(running: Server) -> SandboxProvider:
    return SandboxProvider(url=running.url, home=running.home)


@pytest.fixture
def provider(server: Server, adapter: SandboxProvider) -> SandboxProvider:
    return adapter
