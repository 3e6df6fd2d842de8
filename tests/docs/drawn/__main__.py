"""Draws the pictures of the documentation anew: `make pictures`."""

from tests.docs.drawn import FOLDER, PICTURES, drawn

for name in PICTURES:
    (FOLDER / name).write_text(drawn(name), encoding="utf-8")
