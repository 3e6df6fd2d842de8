"""What these tests stand on: a real sandbox server in a process of its own, and a real receiver of its notices."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import httpx

from fieldcast.kit.ids import random_code
from fieldcast.trade.providers.interface import PaymentRequest
from fieldcast.trade.providers.sandbox.checkout import confirm_form

APPLICATION = "fieldcast.trade.providers.sandbox.server:application"
SOURCE = Path(__file__).resolve().parents[3] / "src"

# one for all, since making one takes longer than asking; connections are not kept, because servers are killed here
HTTP = httpx.Client(trust_env=False, timeout=20, limits=httpx.Limits(max_keepalive_connections=0))

T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(look: Callable[[], T], seconds: float = 30.0) -> T:
    """Look until there is something to see; fail when there is nothing in time."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
    return seen


class Server:
    """The sandbox, started and stopped like the program it is."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environ = {**os.environ, "FIELDCAST_HOME": str(self.home), "PYTHONPATH": str(SOURCE)}
        environ.pop("FIELDCAST_SANDBOX_FAULTS", None)
        environ.pop("FIELDCAST_DEMO", None)
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", "1", "--log-level", "error", APPLICATION]
        self.process = subprocess.Popen(command, env=environ, start_new_session=True)
        try:
            until(self._is_up, 60)
        except AssertionError:  # it may yet come, and nobody would be there to stop it
            self.kill()
            raise

    def _is_up(self) -> bool:
        try:
            return HTTP.get(f"{self.url}/healthz").is_success
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """End it without warning, worker and all."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def misbehave(self, **profile: Any) -> dict[str, Any]:
        answer = HTTP.put(f"{self.url}/faults", json=profile)
        assert answer.status_code == 200, answer.text
        facts: dict[str, Any] = answer.json()
        return facts

    def faults(self) -> dict[str, Any]:
        facts: dict[str, Any] = HTTP.get(f"{self.url}/faults").json()
        return facts


@dataclass
class Delivery:
    """One notice as it arrived."""

    at: float
    headers: dict[str, str]  # names in lower case
    body: bytes
    content: dict[str, Any]


@dataclass
class Receiver:
    """Stands where the platform's notice address would; answers with `answers` in turn, then 204."""

    deliveries: list[Delivery] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    slow_seconds: float = 0.0

    def __post_init__(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                delivery = Delivery(
                    time.monotonic(),
                    {name.lower(): text for name, text in self.headers.items()},
                    body,
                    json.loads(body),
                )
                receiver.deliveries.append(delivery)
                time.sleep(receiver.slow_seconds)
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/payments/sandbox/notices"
        looks_s = 0.02  # how often it looks whether to stop, and so how long that takes
        threading.Thread(target=self.http.serve_forever, args=[looks_s], daemon=True).start()

    def of(self, reference: str) -> list[Delivery]:
        return [delivery for delivery in list(self.deliveries) if delivery.content["reference"] == reference]

    def events(self, reference: str) -> list[str]:
        return [delivery.content["event"] for delivery in self.of(reference)]

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


def payment_request(receiver_url: str, **changes: Any) -> PaymentRequest:
    content: dict[str, Any] = {
        "reference": f"P{random_code(10)}",
        "amount_fen": 3980,
        "description": "黄桃 5 斤装（今早采）",
        "return_url": "http://127.0.0.1:9/orders/1?tab=a",
        "notify_url": receiver_url,
        "expires_at": datetime.now(UTC) + timedelta(minutes=15),
    }
    return PaymentRequest(**{**content, **changes})


def choose(url: str, choice: Any = "pay", **changes: str) -> httpx.Response:
    """Press a button of the cashier page at `url`, with fields changed on the way."""
    address, fields = confirm_form(url, choice)
    return HTTP.post(address, data={**fields, **changes})
