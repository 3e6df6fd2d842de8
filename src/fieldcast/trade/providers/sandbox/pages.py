"""The sandbox's pages as HTML: a cashier a phone can show, without a script and with everything escaped."""

from collections.abc import Mapping
from datetime import timedelta, timezone
from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from fieldcast.kit.money import yuan
from fieldcast.trade.providers.interface import PaymentRequest, PaymentState
from fieldcast.trade.providers.sandbox.words import Language, Refused, refusal, say

STYLE = (Path(__file__).parent / "static" / "cashier.css").read_bytes()
BEIJING = timezone(timedelta(hours=8))


def policy(return_url: str = "") -> str:
    """The Content-Security-Policy of a page whose form may end at `return_url`.

    Browsers hold a form's redirect to `form-action` too, so the place to return to is named.
    """
    parts = urlsplit(return_url)
    origin = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return (
        f"default-src 'none'; style-src 'self'; img-src data:; form-action 'self'{origin};"
        " base-uri 'none'; frame-ancestors 'none'"
    )


def cashier(
    request: PaymentRequest, fields: Mapping[str, str], state: PaymentState, language: Language
) -> str:
    """The page to pay at, or, when it is paid already, the page that says so."""
    amount = yuan(request.amount_fen)
    if state is PaymentState.PAID:
        title, text = say("paid_title", language), say("paid_text", language, amount=amount)
        body = f'<section class="card"><h2>{escape(title)}</h2><p>{escape(text)}</p></section>'
        return _page(language, body + _back(request, "paid", language), fields)
    until = request.expires_at.astimezone(BEIJING)
    rows = {
        "item": request.description,
        "number": request.reference,
        "until": f"{until:%m-%d %H:%M}",
    }
    details = "".join(
        f"<dt>{escape(say(key, language))}</dt><dd>{escape(value)}</dd>" for key, value in rows.items()
    )
    again = (
        f'<p class="note">{escape(say("failed_before", language))}</p>'
        if state is PaymentState.FAILED
        else ""
    )
    body = (
        f'{again}<section class="card"><p class="amount"><span>{escape(say("to_pay", language))}</span>'
        f"<strong>¥{amount}</strong></p><dl>{details}</dl></section>"
        f'<form method="post" action="pay/confirm">{_hidden({**fields, "lang": language})}'
        f"{_button('pay', language, amount=amount)}"
        f"{_button('fail', language)}{_button('leave', language)}</form>"
    )
    return _page(language, body, fields)


def refused(problem: Refused, language: Language, *, request: PaymentRequest | None, up: str) -> str:
    """The page that says why not and what to do next, with a way back when the link was genuine."""
    sentence, next_step = refusal(problem, language)
    body = (
        f'<section class="card"><h2>{escape(say("refused_title", language))}</h2>'
        f'<p>{escape(sentence)}</p><p class="next">{escape(next_step)}</p></section>'
    )
    return _page(language, body + (_back(request, "left", language) if request else ""), None, up)


def returning(url: str, outcome: str) -> str:
    """The address the browser goes back to, with the hint the platform must not trust."""
    parts = urlsplit(url)
    query = f"{parts.query}&payment={outcome}" if parts.query else f"payment={outcome}"
    return parts._replace(query=query).geturl()


def _page(language: Language, body: str, fields: Mapping[str, str] | None, up: str = "") -> str:
    other: Language = "en" if language == "zh" else "zh"
    switch = ""
    if fields is not None:
        address = "pay?" + urlencode({**fields, "lang": other})
        label = escape(say("other_language", language))
        switch = f'<a href="{escape(address)}" lang="{_tag(other)}">{label}</a>'
    title = escape(say("title", language))
    return (
        f'<!doctype html><html lang="{_tag(language)}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="{up}cashier.css"></head>'
        f"<body><main><header><h1>{title}</h1>{switch}</header>"
        f'<p class="note" role="note">{escape(say("sandbox", language))}</p>{body}</main></body></html>'
    )


def _tag(language: Language) -> str:
    return "zh-Hans" if language == "zh" else "en"


def _hidden(fields: Mapping[str, str]) -> str:
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in fields.items()
    )


def _button(choice: str, language: Language, **facts: str) -> str:
    label = escape(say(choice, language, **facts))
    return f'<button class="btn {choice}" name="choice" value="{choice}">{label}</button>'


def _back(request: PaymentRequest, outcome: str, language: Language) -> str:
    address = escape(returning(request.return_url, outcome))
    return f'<a class="btn leave" href="{address}">{escape(say("back", language))}</a>'
