"""The sandbox provider as a program: `granian --interface asgi
fieldcast.trade.providers.sandbox.server:application`.

Plain ASGI, one process, no Django. It reads three environment variables at start, as the separate program it
stands for: `FIELDCAST_HOME`, `FIELDCAST_DEMO` and `FIELDCAST_SANDBOX_FAULTS` (a profile's name or a JSON
object; unset: `mild` in the demo, `none` elsewhere). Only the platform's signed requests can refund or query;
only this machine can set faults.
"""

import asyncio
import logging
import os
import re
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fieldcast.trade.providers.interface import REFERENCE, Forgery, PaymentRequest, PaymentState
from fieldcast.trade.providers.sandbox import faults, http, keys, pages, past
from fieldcast.trade.providers.sandbox.book import Book
from fieldcast.trade.providers.sandbox.checkout import read_fields
from fieldcast.trade.providers.sandbox.courier import Courier
from fieldcast.trade.providers.sandbox.signing import (
    NONCE,
    TOKEN,
    Distrusted,
    Signer,
    Verifier,
    answer_purpose,
    request_purpose,
)
from fieldcast.trade.providers.sandbox.store import Store
from fieldcast.trade.providers.sandbox.words import Refused, refusal

BEFORE_RETURN_SECONDS = 3.0  # how long a browser is kept waiting for a notice that is to arrive before it
PAYMENT_PATH = re.compile(rf"/payments/({REFERENCE.pattern})")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Config:
    """Where the sandbox keeps its state, and how it misbehaves at first."""

    home: Path
    faults: faults.Faults


def config_from(environ: Mapping[str, str]) -> Config:
    """Read the environment. Raises `faults.BadProfile` when the fault profile cannot be used."""
    ordinary = "mild" if environ.get("FIELDCAST_DEMO") == "1" else "none"
    return Config(
        home=Path(environ.get("FIELDCAST_HOME", "var")).expanduser().resolve(),
        faults=faults.from_text(environ.get("FIELDCAST_SANDBOX_FAULTS") or ordinary),
    )


class Sandbox:
    """A running provider: its books, its courier, its keys, and an answer to every request."""

    def __init__(self, config: Config) -> None:
        self.mischief = faults.Mischief(config.faults)
        self.signer: Signer = keys.signer(config.home, "provider")
        self.platform: Verifier = keys.verifier(config.home, "platform")
        self.store = Store(config.home / "sandbox" / "provider.sqlite3")
        self.book = Book(self.store, self.mischief, past.file_of(config.home))
        self.courier = Courier(self.store, self.signer, lambda: self.mischief.faults.retry_seconds)
        self.delivering = asyncio.create_task(self.courier.run())

    async def stop(self) -> None:
        """Stop delivering and let the books go."""
        self.delivering.cancel()
        with suppress(asyncio.CancelledError):
            await self.delivering
        self.store.close()

    async def answer(self, request: http.Request) -> http.Response:
        """Route a request. Refusals of pages are pages, of everything else JSON."""
        path = request.path.rstrip("/") or "/"
        if path in ("/pay", "/pay/confirm"):
            return await self._pay(request, path)
        if path == "/refunds" or PAYMENT_PATH.fullmatch(path):
            return self._signed(request, path)
        try:
            return self._plain(request, path)
        except Refused as problem:
            return http.json_response(problem.status, _refusal_facts(problem, request))

    async def _pay(self, request: http.Request, path: str) -> http.Response:
        checkout: PaymentRequest | None = None
        language = request.language()
        try:
            _allow(request, "GET" if path == "/pay" else "POST")
            text = request.query if path == "/pay" else request.body.decode("latin-1")
            fields = http.form(text)
            language = request.language(fields.pop("lang", ""))
            choice = fields.pop("choice", "")
            checkout = self._checkout(fields)
            if path == "/pay/confirm":
                return await self._confirm(checkout, choice)
            state = self.book.open(checkout, _now())
        except Refused as problem:
            up = "../" if path == "/pay/confirm" else ""
            return _html(problem.status, pages.refused(problem, language, request=checkout, up=up))
        return _html(200, pages.cashier(checkout, fields, state, language), checkout.return_url)

    def _checkout(self, fields: Mapping[str, str]) -> PaymentRequest:
        try:
            return read_fields(fields, self.platform)
        except Distrusted as error:
            if error.reason is Forgery.MALFORMED:
                raise Refused("bad_link", 400) from error
            raise Refused("changed_link", 403) from error

    async def _confirm(self, checkout: PaymentRequest, choice: str) -> http.Response:
        if choice == "leave":
            return _see_other(pages.returning(checkout.return_url, "left"))
        if choice not in ("pay", "fail"):
            raise Refused("bad_choice", 400)
        paid = self.book.confirm(checkout, _now(), succeed=choice == "pay")
        if paid.told_by is not None:
            await self.courier.arrival(paid.told_by, BEFORE_RETURN_SECONDS)
        self.courier.wake()
        outcome = "paid" if paid.state is PaymentState.PAID else "failed"
        return _see_other(pages.returning(checkout.return_url, outcome))

    def _signed(self, request: http.Request, path: str) -> http.Response:
        """Answer the platform, which signs its request, with a signed answer to that very request."""
        try:
            _allow(request, "POST" if path == "/refunds" else "GET")
            self._must_be_platform(request, path)
            content = self._refund(request) if path == "/refunds" else self._status(path)
            response = http.json_response(200, content)
        except Refused as problem:
            response = http.json_response(problem.status, _refusal_facts(problem, request))
        nonce = request.headers.get(NONCE.lower(), "")
        if not TOKEN.fullmatch(nonce):
            return response
        headers = self.signer.headers(purpose=answer_purpose(nonce), body=response.body, now=_now())
        return http.Response(response.status, response.body, {**response.headers, **headers})

    def _must_be_platform(self, request: http.Request, path: str) -> None:
        purpose = request_purpose(request.method, path)
        try:
            self.platform.check_headers(request.headers, purpose=purpose, body=request.body, now=_now())
        except Distrusted as error:
            raise Refused("unsigned", 401, reason=error.reason.value) from error

    def _refund(self, request: http.Request) -> dict[str, Any]:
        content = http.json_object(request.body)
        amount_fen = content.get("amount_fen")
        if not isinstance(amount_fen, int) or isinstance(amount_fen, bool) or amount_fen < 1:
            raise Refused("malformed", 400, problem="amount_fen must be a whole number of fen, 1 or more")
        for name in ("reference", "refund_reference"):
            if not isinstance(content.get(name), str) or not REFERENCE.fullmatch(content[name]):
                raise Refused("malformed", 400, problem=f"{name} must be 1 to 64 letters, digits, - or _")
        refund = self.book.refund(
            reference=content["reference"],
            refund_reference=content["refund_reference"],
            amount_fen=amount_fen,
            reason=str(content.get("reason", "")),
            now=_now(),
        )
        self.courier.wake()
        return refund

    def _status(self, path: str) -> dict[str, Any]:
        return self.book.status(path.removeprefix("/payments/"), _now())

    def _plain(self, request: http.Request, path: str) -> http.Response:
        if path == "/faults":
            return self._faults(request)
        if path == "/cashier.css":
            _allow(request, "GET")
            return http.Response(200, pages.STYLE, {"Content-Type": "text/css; charset=utf-8"})
        if path == "/healthz":
            _allow(request, "GET")
            if self.delivering.done():
                return http.json_response(503, {"ok": False, "problem": "notices are not being delivered"})
            return http.json_response(200, {"ok": True})
        raise Refused("not_here", 404)

    def _faults(self, request: http.Request) -> http.Response:
        if not request.is_local:
            raise Refused("only_here", 403)
        if request.method == "PUT":
            try:
                profile = faults.from_dict(http.json_object(request.body))
            except faults.BadProfile as error:
                raise Refused("malformed", 400, problem=str(error)) from error
            self.mischief.faults = profile
            self.mischief.dealt.clear()
        else:
            _allow(request, "GET")
        owed = self.store.rows("SELECT state, count(*) AS owed FROM deliveries GROUP BY state")
        facts = {
            "faults": self.mischief.faults.as_dict(),
            "dealt": dict(self.mischief.dealt),
            "deliveries": {row["state"]: row["owed"] for row in owed},
        }
        return http.json_response(200, facts)


class Application:
    """The ASGI application: opens a `Sandbox` when its server starts and closes it when the server stops."""

    def __init__(self, config: Config | None = None) -> None:
        self._config = config
        self._sandbox: Sandbox | None = None

    async def __call__(self, scope: http.Scope, receive: http.Receive, send: http.Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http" and self._sandbox:
            try:
                response = await self._sandbox.answer(await http.read(scope, receive))
            except Refused as problem:
                response = http.json_response(problem.status, _refusal_facts(problem, http.head(scope)))
            await response.send(send)

    async def _lifespan(self, receive: http.Receive, send: http.Send) -> None:
        await receive()
        try:
            self._sandbox = Sandbox(self._config or config_from(os.environ))
        except (OSError, ValueError, sqlite3.Error) as error:
            log.error("the sandbox provider cannot start: %s", error)
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._sandbox.stop()
        await send({"type": "lifespan.shutdown.complete"})


def _allow(request: http.Request, method: str) -> None:
    if request.method != method:
        raise Refused("wrong_method", 405)


def _refusal_facts(problem: Refused, request: http.Request) -> dict[str, Any]:
    message, advice = refusal(problem, request.language())
    return {"code": problem.code, "message": message, "advice": advice, "facts": problem.facts}


def _html(status: int, page: str, return_url: str = "") -> http.Response:
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": pages.policy(return_url),
    }
    return http.Response(status, page.encode(), headers)


def _see_other(address: str) -> http.Response:
    return http.Response(303, b"", {"Location": address})


def _now() -> datetime:
    return datetime.now(UTC)


application = Application()
