"""A report on paper: what stands on the page stands in the PDF, and more rows than anybody prints are refused."""

from datetime import UTC, datetime

import pytest

from fieldcast.web.shared.report import MOST_ON_PAPER, Column, Kind, Report, TooLongForPaper, on_paper

AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
COLUMNS = (
    Column("成员"),
    Column("交易额", Kind.MONEY),
    Column("交易量", Kind.COUNT),
    Column("份额", Kind.SHARE),
)


def report(rows: int) -> Report:
    row = ("梁金凤家", 128_460, 214, None)
    return Report(
        name="members",
        title="成员账户",
        whose="河湾果业合作社",
        period="2026年",
        columns=COLUMNS,
        rows=(row,) * rows,
        totals=("合计", 128_460 * rows, 214 * rows, None),
        notes=("按已结算的计。",),
    )


@pytest.mark.thorough  # letters are embedded, half a second
def test_a_report_is_written_on_paper_the_same_at_the_same_moment() -> None:
    first = on_paper(report(60), now=AT)
    assert first.startswith(b"%PDF-")
    assert first.count(b"/Type /Page\n") == 2
    assert first == on_paper(report(60), now=AT)
    assert first != on_paper(report(59), now=AT)


def test_more_rows_than_anybody_prints_are_refused_before_anything_is_written() -> None:
    with pytest.raises(TooLongForPaper, match=str(MOST_ON_PAPER + 1)):
        on_paper(report(MOST_ON_PAPER + 1), now=AT)
