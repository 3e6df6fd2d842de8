"""Asks the laboratory and reads its answer."""

import html
import re
from typing import Any

from django.test import Client

from tests.web.shared.desk import ENGLISH

BASE = {"R1": "140", "R2": "130", "C": "24", "F": "15", "L": "10", "G": "50", "H1": "20", "H2": "8"}


def lab(where: str = "", /, **asked: str) -> Any:
    """A page or part of the laboratory as a stranger sees it; `from_` stands for `from`."""
    return _get(Client(), where, asked)


def english(where: str = "", /, **asked: str) -> Any:
    """The same for a stranger who reads English."""
    return _get(Client(headers=ENGLISH), where, asked)


def _get(client: Client, where: str, asked: dict[str, str]) -> Any:
    data = {name.rstrip("_"): value for name, value in asked.items()}
    return client.get(f"/lab/{where}", data or None)


def error_beside(response: Any, field: str) -> str:
    """What stands beside a field."""
    found = re.search(rf'id="error-{field}"[^>]*>(.*?)</p>', response.content.decode(), re.S)
    return html.unescape(found[1]).strip() if found else ""


def typed(response: Any, field: str) -> str:
    """What a number field holds."""
    found = re.search(rf'name="{field}" value="([^"]*)"', response.content.decode())
    return html.unescape(found[1]) if found else ""


def big_numbers(response: Any) -> list[str]:
    """The two probabilities of the answer."""
    part = re.search(r'id="now".*?</div>', response.content.decode(), re.S)
    return re.findall(r'<b class="num">(.*?)</b>', part[0]) if part else []
