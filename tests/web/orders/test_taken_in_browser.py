"""A phone makes a picture smaller before it sends it: when it was taken comes along, where it was taken does not."""

import base64
import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from fieldcast.files.drawing import draw
from fieldcast.files.types import LIMITS, FileKind
from tests.files.pictures import photo

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser]
SMALLER = """async ([script, picture]) => {
  const { taken, beside } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const file = new File([Uint8Array.from(atob(picture), (one) => one.charCodeAt(0))], "x.jpg");
  const canvas = document.createElement("canvas");
  canvas.width = 96; canvas.height = 64;
  canvas.getContext("2d").drawImage(await createImageBitmap(file), 0, 0, 96, 64);
  const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
  const sent = new Uint8Array(await beside(small, await taken(file)).arrayBuffer());
  const odd = await taken(new File([new Uint8Array([255, 216, 255, 225, 0])], "y.jpg"));
  return [btoa(String.fromCharCode(...sent)), odd.length];
}"""


def test_the_moment_comes_along_and_the_place_does_not(browser: "Browser") -> None:
    script = finders.find("fieldcast/pages/taken.js")
    assert script
    page = browser.new_page()
    sent = base64.b64encode(photo(orientation=6)).decode()
    small, odd = page.evaluate(SMALLER, [Path(script).read_text(encoding="utf-8"), sent])
    page.close()
    content = base64.b64decode(small)
    found = draw(content, limits=LIMITS[FileKind.PHOTO]).taken
    assert found.at == datetime.fromisoformat("2026-11-22T10:03:04+08:00")
    assert (found.latitude, found.camera, odd) == (None, "", 0)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (96, 64)
        assert set(picture.getexif()) == {0x8769}
