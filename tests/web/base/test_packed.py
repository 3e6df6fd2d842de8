"""Pages are sent compressed to whoever takes them so, and nothing else is."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
TAKES = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_is_compressed_for_whoever_takes_it_so(client: Client) -> None:
    plain, packed = client.get("/me/sign-in/"), client.get("/me/sign-in/", headers=TAKES)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert "</html>" in gzip.decompress(packed.content).decode()


def test_its_length_is_left_to_chance(client: Client) -> None:
    assert len({len(client.get("/me/sign-in/", headers=TAKES).content) for _look in range(8)}) > 1


def test_what_is_no_page_goes_as_it_is(client: Client) -> None:
    assert "Content-Encoding" not in client.get("/api/v1/openapi.json", headers=TAKES).headers
