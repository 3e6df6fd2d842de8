"""The catalogues of translations: compiled from the committed `.po` files whenever one is newer than its `.mo`."""

import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_stale(root: Path = LOCALE) -> list[Path]:
    """Compile every catalogue under `root` that has no `.mo` or an older one, and return those compiled.

    Raises `OSError`, naming file and line, when a catalogue cannot be read.
    """
    compiled = []
    for source in sorted(root.glob("*/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
            compiled.append(source)
    return compiled


def _compile(source: Path, target: Path) -> None:
    """Write beside, then rename: a process that starts meanwhile reads the old catalogue or the new one."""
    import polib  # noqa: PLC0415 — only needed when a catalogue changed

    draft = target.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    draft.replace(target)
