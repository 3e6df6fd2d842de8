"""Pictures as they are served on one machine: drawings packed for who can unpack them."""

import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from fieldcast.config.media import media_file

DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<path d='M0 0L9 9'/>" * 200 + b"</svg>"


@pytest.fixture
def drawing(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "pictures").mkdir()
    path = tmp_path / "pictures" / "pear.svg"
    path.write_bytes(DRAWING)
    return path


def get(name: str, **headers: str) -> Any:
    return media_file(RequestFactory(headers=headers).get(f"/media/{name}"), name)


@pytest.mark.django_db  # what is streamed says that the request is over
def test_a_drawing_is_packed_for_who_can_unpack_it_and_plain_for_others(drawing: Path) -> None:
    packed = get("pictures/pear.svg", accept_encoding="gzip, deflate")
    assert (packed["Content-Encoding"], packed["Content-Type"]) == ("gzip", "image/svg+xml")
    assert packed["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.content) == DRAWING
    assert len(packed.content) * 5 < len(DRAWING)
    plain = get("pictures/pear.svg")
    assert "Content-Encoding" not in plain
    assert b"".join(plain.streaming_content) == DRAWING
    plain.close()


def test_a_drawing_that_was_changed_is_packed_anew(drawing: Path) -> None:
    get("pictures/pear.svg", accept_encoding="gzip")
    drawing.write_bytes(b"<svg/>")
    os.utime(drawing, ns=(1, 1))
    assert gzip.decompress(get("pictures/pear.svg", accept_encoding="gzip").content) == b"<svg/>"


def test_what_lies_elsewhere_is_not_there(drawing: Path) -> None:
    for name in ("pictures/../../etc/passwd", "secrets/key.svg", "pictures/none.svg", "pictures/\x00.svg"):
        with pytest.raises(Http404):
            get(name, accept_encoding="gzip")
