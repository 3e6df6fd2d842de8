"""What commands of the laboratory read and write: small files whole, pictures, tables.

What always holds: a file appears under its name only when it is complete, and of several either all appear or none is
begun; what cannot be read or written is refused in one sentence.
"""

import csv
import io
import math
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from fieldcast.kit.spreadsheets import safe_cell
from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text

LARGEST = 32 * 1024 * 1024
PAPER = "#fffdf8"
FAMILIES = (
    "DejaVu Sans",
    "Liberation Sans",
    "Noto Sans",
    "Helvetica",
    "Verdana",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Source Han Sans SC",
    "SimHei",
)
PICTURES = (".svg", ".png")
READ = Text(en="{path} cannot be read: {reason}.", zh="读不了 {path}：{reason}。")
WRITTEN = Text(en="{path} cannot be written: {reason}.", zh="写不了 {path}：{reason}。")
TOO_LARGE = Text(en="it is larger than 32 MB", zh="超过了 32 MB")
NO_FONT = Text(
    en="This machine has no fonts, so the PNG has no words; write an .svg instead.",
    zh="这台机器没有字体，PNG 里没有字；请改存 .svg。",
)
NO_CHINESE = Text(
    en="This machine has no font with Chinese: the PNG is in English.",
    zh="这台机器没有中文字体，PNG 用英文画；存成 .svg 就是中文。",
)
REASONS = {
    FileNotFoundError: Text(en="there is no such file or directory", zh="没有这个文件或目录"),
    PermissionError: Text(en="you may not", zh="没有权限"),
    IsADirectoryError: Text(en="it is a directory", zh="这是一个目录"),
    NotADirectoryError: Text(en="part of its path is a file", zh="路径里有一段是文件，不是目录"),
}


def _picture(written: str) -> Path:
    path = Path(written)
    if path.suffix.lower() not in PICTURES:
        raise typer.BadParameter(f"{written!r} must end in .svg or .png.")
    return path


Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write every figure to a CSV file.")]
Picture = Annotated[
    Path | None,
    typer.Option(
        "--picture", parser=_picture, metavar="FILE", help="Draw it into a file that ends in .svg or .png."
    ),
]


def read(path: Path, *, parameter: str) -> bytes:
    """The bytes of a file of at most 32 MB. Raises `BadParameter`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise _refusal(parameter, READ, path, _reason(error)) from error
    if len(data) > LARGEST:
        raise _refusal(parameter, READ, path, TOO_LARGE)
    return data


def write(contents: Mapping[Path, bytes]) -> None:
    """Write all files or none. Raises `BadParameter` naming the file that cannot be written."""
    with ExitStack() as undo:
        ready = []
        for path, data in contents.items():
            try:
                if path.is_dir():
                    raise IsADirectoryError
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
                undo.callback(_forget, name)
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.chmod(name, 0o666 & ~_umask())  # as any new file, not for its maker alone
            except (OSError, ValueError) as error:
                raise _refusal("FILE", WRITTEN, path, _reason(error)) from error
            ready.append((name, path))
        for name, path in ready:
            os.replace(name, path)


def _forget(name: str) -> None:
    with suppress(FileNotFoundError):  # it has become the file itself
        os.unlink(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: Exception) -> Text:
    for kind, reason in REASONS.items():
        if isinstance(error, kind):
            return reason
    said = getattr(error, "strerror", None) or str(error)
    return Text(en=said, zh=said)


def _refusal(parameter: str, what: Text, path: Path, reason: Text) -> BadParameter:
    return BadParameter(
        parameter,
        Text(en=what.en.format(path=path, reason=reason.en), zh=what.zh.format(path=path, reason=reason.zh)),
    )


def write_results(
    to_csv: Path | None,
    figures: Callable[[], tuple[Sequence[str], Iterable[Sequence[object]]]],
    picture: Path | None,
    draw: Callable[[str], str],
    *,
    language: str,
) -> None:
    """Write the files that were asked for: `figures` makes header and rows of the table, `draw` the picture as SVG."""
    contents = {}
    if to_csv is not None:
        contents[to_csv] = csv_bytes(*figures())
    if picture is not None:
        contents[picture] = picture_bytes(picture, draw, language=language)
    write(contents)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table in UTF-8 with the mark that spreadsheets look for; what is None or NaN leaves its cell empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in (header, *rows):
        writer.writerow([safe_cell(None if _missing(each) else each) for each in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and not math.isfinite(value))


def picture_bytes(path: Path, draw: Callable[[str], str], *, language: str) -> bytes:
    """The picture that `draw` makes as SVG in a language, in the format of the file's name.

    An SVG leaves its words to whoever opens it. Into a PNG they are drawn here, in English where no font of this
    machine has Chinese, and that is said on standard error.
    """
    if path.suffix.lower() == ".svg":
        return draw(language).encode()
    if not _can_write("ab"):
        typer.echo(NO_FONT.in_(language), err=True)
    elif not language.startswith("en") and not _can_write("田播"):
        typer.echo(NO_CHINESE.in_(language), err=True)
        language = "en"
    return _png(draw(language), family=_family(), zoom=2)


def _can_write(characters: str) -> bool:
    """Whether these characters look different: without a font for them each is the same empty box, or nothing."""
    return _tell_apart(characters, _family())


@cache
def _family() -> str | None:
    """What to write with where no font that pictures name is here; by itself the renderer would try Arial alone."""
    return next((name for name in (None, *FAMILIES) if _tell_apart("ab", name)), None)


@cache
def _tell_apart(characters: str, family: str | None) -> bool:
    from fieldcast.science.drawing import Picture  # noqa: PLC0415 — only pictures wait for it

    drawn = set()
    for character in characters:
        picture = Picture(width=20, height=20, title="")
        picture.text(2, 16, character)
        drawn.add(_png(picture.svg(), family=family))
    return len(drawn) > 1


def _png(svg: str, *, family: str | None, zoom: int = 1) -> bytes:
    import resvg_py  # noqa: PLC0415 — only pictures wait for it

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, background=PAPER, sans_serif_family=family))
