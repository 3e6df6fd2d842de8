"""Static files: collected when they changed, compressed, and nothing served that no page asks for."""

import gzip
from pathlib import Path

import pytest
from pytest_django import Settings

from fieldcast.config import static


@pytest.fixture
def source(tmp_path: Path, settings: Settings) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "page.min.js").write_text("let field = 'wide';\n" * 200)
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [("vendor/lib", folder)]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    return folder


def served(tmp_path: Path) -> set[str]:
    root = tmp_path / "static"
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - {static.RECORD}


def test_files_are_collected_with_their_compressed_twins(source: Path, tmp_path: Path) -> None:
    assert static.collect(compress=True)
    names = {"vendor/lib/page.min.js", "vendor/lib/page.min.js.br", "vendor/lib/page.min.js.gz"}
    assert served(tmp_path) == names
    packed = (tmp_path / "static/vendor/lib/page.min.js.gz").read_bytes()
    assert gzip.decompress(packed) == (source / "page.min.js").read_bytes()


def test_nothing_is_done_when_nothing_changed(source: Path) -> None:
    static.collect(compress=True)
    assert not static.collect(compress=True)


def test_a_changed_file_is_served_anew_and_a_removed_one_no_more(source: Path, tmp_path: Path) -> None:
    (source / "old.css").write_text("a{}")
    static.collect(compress=True)
    (source / "old.css").unlink()
    (source / "page.min.js").write_text("let field = 'narrow';\n" * 200)
    assert static.collect(compress=True)
    assert "vendor/lib/old.css" not in served(tmp_path)
    packed = (tmp_path / "static/vendor/lib/page.min.js.gz").read_bytes()
    assert b"narrow" in gzip.decompress(packed)


def test_maps_types_and_unminified_twins_are_left_out(source: Path, tmp_path: Path) -> None:
    for name in ("page.js", "page.min.js.map", "page.d.ts"):
        (source / name).write_text("x")
    static.collect(compress=False)
    assert served(tmp_path) == {"vendor/lib/page.min.js"}
