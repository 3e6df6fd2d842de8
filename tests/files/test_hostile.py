"""What people send, made to harm: each is refused in words, or drawn anew without what it carried."""

import io
import resource
import time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fieldcast.files import store
from fieldcast.files.drawing import draw
from fieldcast.files.models import KeptFile
from fieldcast.files.names import shown_name
from fieldcast.files.types import LIMITS, FileKind, Retention
from fieldcast.kit.errors import Problem
from tests.factories import files
from tests.factories.accounts import NOW, make_county, make_person
from tests.files.pictures import DISARMED, HTML, NAMES, PDF, REFUSED, SCRIPT, SHELL, orchard, photo, saved

LIMIT = LIMITS[FileKind.PHOTO]
SEEDS = (photo(), saved(orchard((96, 64)), "PNG"), saved(orchard((96, 64)), "WEBP"))
CASES = [(outcome, name) for outcome, named in REFUSED.items() for name in named]
A_GIGABYTE = 2**20  # KiB, as the system counts
SECONDS = 20  # of a busy machine; each takes well under one of an idle one


class Counted(io.BytesIO):
    """A stream that knows how much of it was read."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.taken += len(piece)
        return piece


def keep(content: bytes, *, size: int | None = None, name: str = "a.jpg") -> tuple[KeptFile, Counted]:
    county_id = make_county()
    stream = Counted(content)
    try:
        view = files.keep(
            by=make_person(county_id=county_id),
            county_id=county_id,
            organisation_id=None,
            kind=FileKind.PHOTO,
            retention=Retention.DRAFT,
            name=name,
            size=len(content) if size is None else size,
            stream=stream,
            now=NOW,
        )
    except Problem as problem:
        problem.facts = {**problem.facts, "read": stream.taken}
        raise
    return KeptFile.objects.get(id=view.id), stream


def lying() -> int:
    return sum(path.is_file() for path in store._root().rglob("*"))


def test_the_set_is_large() -> None:
    assert len(CASES) >= 40
    assert len(CASES) + len(DISARMED) + len(NAMES) >= 80


@pytest.mark.django_db
@pytest.mark.parametrize(("outcome", "name"), CASES, ids=[f"{name}: {outcome}" for outcome, name in CASES])
def test_what_is_no_sound_picture_is_refused_in_words_and_leaves_nothing(outcome: str, name: str) -> None:
    before, began = lying(), time.process_time()
    with pytest.raises(Problem) as refused:
        keep(REFUSED[outcome][name]())
    assert refused.value.code == outcome
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert refused.value.message
            assert refused.value.advice
            assert "%" not in str(refused.value)
    assert not KeptFile.objects.exists()
    assert lying() == before
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", DISARMED)
def test_what_can_be_seen_is_kept_and_nothing_that_was_hidden(name: str) -> None:
    began = time.process_time()
    drawn = draw(DISARMED[name](), limits=LIMIT)
    for kept in (drawn.data, drawn.thumbnail):
        for hidden in (
            SCRIPT,
            HTML,
            SHELL,
            PDF[:20],
            b"\x7fELF",
            b"Exif",
            b"ICC_PROFILE",
            b"HUAWEI",
            b"home",
        ):
            assert hidden not in kept
        with Image.open(io.BytesIO(kept)) as picture:
            picture.load()
            assert (picture.format, picture.mode) == ("JPEG", "RGB")
            assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert max(drawn.width, drawn.height) <= LIMIT.longest_side
    assert time.process_time() - began < SECONDS


def test_none_of_them_takes_a_gigabyte() -> None:
    """The bombs above would take several; the highest this process ever stood at tells."""
    for name in ("a PNG of 900 million dots", "a PNG of four thousand million a side"):
        with pytest.raises(Problem):
            draw(REFUSED["too_many_dots"][name](), limits=LIMIT)
    draw(DISARMED["more pixels than the head says"](), limits=LIMIT)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2 * A_GIGABYTE


@pytest.mark.django_db
def test_what_is_too_large_is_refused_before_any_of_it_is_read() -> None:
    with pytest.raises(Problem) as refused:
        keep(photo(), size=LIMIT.most_bytes + 1)
    assert (refused.value.code, refused.value.facts["read"]) == ("picture_too_heavy", 0)


@pytest.mark.django_db
def test_what_is_of_no_kind_is_refused_by_its_first_bytes() -> None:
    with pytest.raises(Problem) as refused:
        keep(PDF + b"\x00" * 10**6, name="sheet.jpg")
    assert (refused.value.code, refused.value.facts["read"]) == ("not_a_picture", 16)


@pytest.mark.django_db
def test_a_size_that_was_a_lie_is_noticed_while_reading() -> None:
    with pytest.raises(Problem) as refused:
        keep(photo() + b"\x00" * (16 * 2**20), size=1000)
    assert refused.value.code == "picture_too_heavy"
    assert refused.value.facts["read"] == LIMIT.most_bytes + 1


@pytest.mark.parametrize(("given_name", "shown"), NAMES.items(), ids=lambda text: repr(text)[:40])
def test_a_name_is_for_people_to_read_and_leads_nowhere(given_name: str, shown: str) -> None:
    assert shown_name(given_name) == shown


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../../etc/passwd", "a\x00b.jpg", "\ud800half.jpg"])
def test_whatever_its_name_a_file_lies_where_we_say(name: str) -> None:
    row, _stream = keep(photo(), name=name)
    assert {path.name for path in store._root().rglob(f"{row.stored}*")} == {
        f"{row.stored}.picture",
        f"{row.stored}.thumbnail",
    }
    row.full_clean(exclude=["organisation"])


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
)
def test_bytes_changed_anywhere_are_a_picture_or_a_refusal_and_nothing_else(
    seed: bytes, changes: list[tuple[float, int]]
) -> None:
    content = bytearray(seed)
    for where, value in changes:
        content[int(where * len(content))] = value
    try:
        drawn = draw(bytes(content), limits=LIMIT)
    except Problem:
        return
    assert drawn.data.startswith(b"\xff\xd8\xff")
