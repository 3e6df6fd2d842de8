"""Keys, words and independence: what the sandbox promises apart from its wire."""

import ast
import stat
import string
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import polib
import pytest
from django.test import override_settings

from fieldcast.trade import providers
from fieldcast.trade.providers.errors import UnknownProvider
from fieldcast.trade.providers.interface import PaymentRequest
from fieldcast.trade.providers.sandbox import keys, server
from fieldcast.trade.providers.sandbox.words import LABELS, REFUSALS, Refused, refusal
from tests.trade.providers.standing import SOURCE, payment_request

PACKAGE = Path(providers.__file__).parent
CATALOGUE = SOURCE / "fieldcast" / "locale" / "payments" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def _key_ids(home: str) -> tuple[str, str]:
    path = Path(home)
    return keys.signer(path, "platform").key_id, keys.verifier(path, "platform").key_id


@pytest.mark.thorough  # six processes are started
def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with ProcessPoolExecutor(6, mp_context=get_context("spawn")) as pool:
        seen = list(pool.map(_key_ids, [str(tmp_path)] * 24))
    assert len({key for pair in seen for key in pair}) == 1
    assert [path.name for path in (tmp_path / "keys" / "sandbox").iterdir()] == ["platform"]


def test_private_keys_are_their_owners_alone(tmp_path: Path) -> None:
    keys.signer(tmp_path, "provider")
    pair = tmp_path / "keys" / "sandbox" / "provider"
    assert stat.S_IMODE((pair / "private.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(pair.stat().st_mode) == 0o700


def test_the_two_sides_have_different_keys(tmp_path: Path) -> None:
    assert keys.signer(tmp_path, "platform").key_id != keys.signer(tmp_path, "provider").key_id


def test_the_server_knows_no_django() -> None:
    look = f"import {server.__name__}, sys; print(*[m for m in sys.modules if m.split('.')[0] == 'django'])"
    environ = {"PYTHONPATH": str(SOURCE)}
    seen = subprocess.run(
        [sys.executable, "-c", look], env=environ, capture_output=True, text=True, check=True
    )
    assert seen.stdout.strip() == ""


def test_every_refusal_is_said_in_both_languages() -> None:
    raised: set[str] = set()
    for path in (PACKAGE / "sandbox").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                assert isinstance(node.args[0], ast.Constant)
                assert isinstance(node.args[0].value, str)
                raised.add(node.args[0].value)
    assert raised == set(REFUSALS)
    for both in REFUSALS.values():
        places = [
            {name for _, name, _, _ in string.Formatter().parse("".join(both[each])) if name} for each in both
        ]
        assert places[0] == places[1]
        assert all(sentence and advice for sentence, advice in both.values())
        assert set(both) == {"zh", "en"}
    assert all(set(both) == {"zh", "en"} for both in LABELS.values())


def test_amounts_in_refusals_are_said_in_yuan() -> None:
    sentence, _ = refusal(Refused("refund_too_large", 409, left_fen=123456, amount_fen=200000), "en")
    assert sentence == "A refund of ¥2,000.00 was asked for, but only ¥1,234.56 of this payment is left."


def test_every_sentence_of_the_adapter_has_its_chinese() -> None:
    translated = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.msgstr}
    said = set()
    for node in ast.walk(ast.parse((PACKAGE / "errors.py").read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            assert isinstance(node.args[0], ast.Constant)
            said.add(node.args[0].value)
    assert said
    assert said == translated


def test_a_provider_is_found_by_its_name(tmp_path: Path) -> None:
    with override_settings(PROVIDER_URL="http://pay.example", HOME=tmp_path):
        found = providers.get_provider("sandbox")
        assert found.name == "sandbox"
        assert found.start(payment_request("http://127.0.0.1:9/n")).url.startswith("http://pay.example/pay?")
        assert providers.get_provider("sandbox") is found
    with pytest.raises(UnknownProvider):
        providers.get_provider("barter")


@pytest.mark.parametrize(
    "change",
    [
        {"reference": ""},
        {"reference": "a b"},
        {"reference": "x" * 65},
        {"amount_fen": 0},
        {"expires_at": datetime(2026, 1, 1)},
        {"return_url": "javascript:alert(1)"},
        {"notify_url": "ftp://x"},
    ],
)
def test_a_request_no_provider_would_take_cannot_be_made(change: dict[str, object]) -> None:
    good = payment_request("http://127.0.0.1:9/n", expires_at=datetime.now(UTC))
    assert isinstance(good, PaymentRequest)
    with pytest.raises(ValueError, match=r"."):
        payment_request("http://127.0.0.1:9/n", **change)
