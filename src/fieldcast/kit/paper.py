"""Writes PDFs that people keep, sign and hand on: headings, paragraphs, tables, codes to scan, on A4 sheets.

What was written is the same to the byte for the same words, font and moment, whoever writes it and when, so that a hash
of the file says something. The letters are embedded, those that are used alone: a paper can be read where there is no
Chinese font. Where the server itself has none, `PaperFontMissing` says so, and pages offer the browser's printing.

    paper = Paper("Agreement", made_at=version.created_at, footer=("sha256 …", "https://…/verify/…"))
    paper.heading("Clauses").paragraph("…").table(("Who", "When"), rows, widths=(2, 1))
    paper.bytes()
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import segno
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

if TYPE_CHECKING:
    from fpdf import FPDF

USUAL_FONTS: Final = (  # where fonts-noto-cjk and its likes lie; of a collection the simplified Chinese face
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/local/share/fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
SIMPLIFIED: Final = {"NotoSansCJK-Regular.ttc": 2}
MARGIN: Final = 18.0  # mm, as all lengths here
PLAIN: Final = 10.5  # points, as all sizes of letters
SIZES: Final = {1: 18.0, 2: 13.0, 3: 11.0}
SMALL: Final = 8.5
GREY: Final = 95
RULE: Final = 200

_PLAIN_MARKS: Final = str.maketrans("“”‘’", "\"\"''")

Side = Literal["L", "R"]


class PaperFontMissing(Problem):
    """The server has no font with Chinese letters, so it can write no PDF."""

    code = "paper_font_missing"
    status = 503
    sentence = _("This server has no font with Chinese letters, so it cannot write a PDF.")
    next_step = _(
        "Print the page from the browser, or save it as a PDF there. The administrator can add a font."
    )


def font() -> Path:
    """The font that papers are written in: the setting's, else one of the usual places. Raises `PaperFontMissing`."""
    named: str = settings.PAPER_FONT
    found = (Path(each) for each in ((named,) if named else USUAL_FONTS))
    first = next((each for each in found if each.is_file()), None)
    if first is None:
        raise PaperFontMissing
    return first


class Paper:
    """A paper with a title, written from top to bottom; each method gives the paper back.

    `made_at` stands in the file as its time: say when what it tells was agreed or drawn up, not now. `footer`: lines at
    the foot of every sheet, beside the page's number. `mark`: what programs find in the file as it is. Raises
    `PaperFontMissing`.
    """

    def __init__(
        self,
        title: str,
        *,
        lang: str = "zh-hans",
        made_at: datetime,
        footer: Sequence[str] = (),
        mark: str = "",
    ) -> None:
        self._chinese = lang.startswith("zh")
        self._pdf = _sheet(footer)
        self._pdf.set_creation_date(made_at.astimezone(UTC))
        self._pdf.set_title(title)
        self._pdf.set_subject(mark)
        self._pdf.set_lang("zh-CN" if self._chinese else lang)
        self._pdf.add_page()
        self.heading(title, level=1)

    def heading(self, words: str, *, level: int = 2) -> "Paper":
        """A heading; it is not left alone at the foot of a sheet."""
        pdf, size = self._pdf, SIZES[level]
        if pdf.will_page_break(size * 1.6):
            pdf.add_page()
        if level > 1:
            pdf.ln(3)
        self._write(words, size=size, bold=True)
        pdf.ln(1.5)
        return self

    def paragraph(self, words: str, *, small: bool = False, bold: bool = False) -> "Paper":
        """Words over the whole width; `small` ones are grey."""
        self._write(words, size=SMALL if small else PLAIN, grey=small, bold=bold)
        self._pdf.ln(1.2)
        return self

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float] = (),
        *,
        numbers: Sequence[int] = (),
    ) -> "Paper":
        """A table; its head comes again on each sheet.

        `widths` are parts of the whole, `numbers` the columns whose cells stand to the right.
        """
        from fpdf.fonts import FontFace  # noqa: PLC0415 — half a second, for those who write papers alone

        pdf = self._pdf
        sides: tuple[Side, ...] = tuple("R" if at in numbers else "L" for at in range(len(columns)))
        pdf.set_font("paper", size=PLAIN - 1)
        pdf.set_draw_color(RULE)
        with pdf.table(
            col_widths=tuple(widths) or None,
            text_align=sides,
            line_height=5.4,
            padding=(1, 1.5),
            borders_layout="HORIZONTAL_LINES",
            headings_style=FontFace(color=GREY),
            first_row_as_headings=True,
        ) as table:
            for row in (columns, *rows):
                table.row([self._said(str(cell)) for cell in row])
        pdf.ln(2)
        return self

    def code(self, address: str, words: str, *, side: float = 26.0) -> "Paper":
        """A code to scan that leads to an address, with words beside it."""
        from fpdf.enums import WrapMode  # noqa: PLC0415

        pdf = self._pdf
        if pdf.will_page_break(side + 2):
            pdf.add_page()
        left, top = pdf.l_margin, pdf.get_y() + 1
        rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
        dot = side / len(rows)
        pdf.set_fill_color(0)
        for at, row in enumerate(rows):
            for start, end in _runs(row):
                pdf.rect(left + start * dot, top + at * dot, (end - start) * dot, dot, style="F")
        pdf.set_xy(left + side + 5, top)
        beside = pdf.epw - side - 5
        pdf.set_font("paper", size=PLAIN)
        pdf.multi_cell(beside, 5.4, self._said(words), align="L", new_x="LEFT", new_y="NEXT")
        pdf.set_font("paper", size=SMALL)
        pdf.set_text_color(GREY)
        pdf.multi_cell(beside, 4.6, address, align="L", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
        pdf.set_text_color(0)
        pdf.set_xy(left, max(pdf.get_y(), top + side) + 2)
        return self

    def bytes(self) -> bytes:
        """The file; nothing can be written after."""
        return bytes(self._pdf.output())

    def _said(self, words: str) -> str:
        """Chinese quotation marks are as wide as a character: between other letters they are plain ones."""
        return words if self._chinese else words.translate(_PLAIN_MARKS)

    def _write(self, words: str, *, size: float, grey: bool = False, bold: bool = False) -> None:
        pdf = self._pdf
        pdf.set_font("paper", size=size)
        pdf.set_text_color(GREY if grey else 0)
        pdf.set_draw_color(0)
        with pdf.local_context(text_mode="FILL_STROKE" if bold else "FILL", line_width=size * 0.011):
            pdf.multi_cell(0, size * 0.55, self._said(words), align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.set_text_color(0)


def _sheet(footer: Sequence[str]) -> "FPDF":
    """An empty sheet with the font and a foot on every page."""
    from fpdf import FPDF  # noqa: PLC0415 — half a second, for those who write papers alone

    face = font()

    class Sheet(FPDF):
        def footer(self) -> None:
            self.set_y(-MARGIN + 2)
            self.set_font("paper", size=7.5)
            self.set_text_color(GREY)
            at = self.get_y()
            for line in footer:
                self.cell(self.epw - 20, 3.6, line, new_x="LMARGIN", new_y="NEXT")
            self.set_xy(self.w - MARGIN - 20, at)
            self.cell(20, 3.6, f"{self.page_no()} / {{nb}}", align="R")
            self.set_text_color(0)

    pdf = Sheet(format="A4")
    pdf.set_producer("Fieldcast")
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, margin=MARGIN + 2)
    pdf.add_font("paper", fname=face, collection_font_number=SIMPLIFIED.get(face.name, 0))
    return pdf


def _runs(row: bytes) -> list[tuple[int, int]]:
    """From where to where dark dots stand side by side: a box for each run draws no seams between them."""
    found: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if dark and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        elif dark:
            found.append((at, at + 1))
    return found
