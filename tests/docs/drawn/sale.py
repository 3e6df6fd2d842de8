"""A sale's way through the files: who calls whom, from the harvest of a lot to the statement."""

from dataclasses import dataclass
from pathlib import Path

from fieldcast.science.drawing import Picture, colours
from tests.docs import pages
from tests.docs.drawn.house import layers_of

SOURCE = pages.ROOT / "src" / "fieldcast"
WIDTH = 1040
TEXT = 470
TOP = 62
ROW = 20
CODE = "ui-monospace, Menlo, Consolas, monospace"


@dataclass(frozen=True)
class Call:
    """A function, written `room.module:function`, or a function of the database, written as its file."""

    place: str

    @property
    def file(self) -> Path:
        """Where it stands, from `src/fieldcast`."""
        if self.place.endswith(".sql"):
            return Path(self.place)
        path = Path(*self.module.split("."))
        return path / "__init__.py" if (SOURCE / path).is_dir() else path.with_suffix(".py")

    @property
    def module(self) -> str:
        """Its module, under `fieldcast`."""
        return self.place.partition(":")[0]

    @property
    def function(self) -> str:
        """Its name; of one in the database, as the database knows it."""
        return f"trade_{self.file.stem}" if self.file.suffix == ".sql" else self.place.partition(":")[2]

    @property
    def lane(self) -> str:
        """The room it belongs to."""
        return "database" if self.file.suffix == ".sql" else self.module.partition(".")[0]


@dataclass(frozen=True)
class Step:
    """What somebody begins: `begun` is the file that calls it, `calls` what it leads to, in this order."""

    chapter: str
    begun: str
    call: Call
    calls: tuple[Call, ...]


def _step(chapter: str, begun: str, place: str, *calls: str) -> Step:
    return Step(chapter, begun, Call(place), tuple(Call(call) for call in calls))


STEPS = (
    _step(
        "The lot 批次",
        "web/coop/views/lots.py",
        "trace.operations.harvesting:register_harvest",
        "catalog.operations:register_lot",
        "trace.operations.chain:append",
    ),
    _step(
        "The offer 上架",
        "web/sessions/plan.py",
        "trade.offers.sessions:plan_session",
        "agreements.queries:version",
        "live.operations.sessions:plan",
    ),
    _step(
        "The offer 上架",
        "web/sessions/offers.py",
        "trade.offers.operations:offer",
        "catalog.queries:lot",
        "agreements.cover.operations:lock",
        "trade.stock.operations:counted",
        "trace.operations.chain:append",
    ),
    _step(
        "The offer 上架",
        "web/sessions/plan.py",
        "trade.offers.sessions:open_session",
        "live.operations.sessions:open_session",
    ),
    _step(
        "The order 订单",
        "web/orders/buying.py",
        "trade.orders.placing:place_order",
        "trade/sql/place_order.sql",
    ),
    _step(
        "The payment 付款",
        "web/orders/buying.py",
        "trade.payments.starting:start_payment",
        "trade.providers.sandbox.client:start",
    ),
    _step(
        "The payment 付款",
        "web/payments/views.py",
        "trade.payments.notices:receive_notice",
        "trade.payments.booking:book",
        "trade/sql/book_payment.sql",
        "ledger.operations.transfers:transfer",
    ),
    _step("The parcel 包裹", "web/coop/views/parcels.py", "trade.parcels.operations:pack"),
    _step("The parcel 包裹", "web/coop/views/parcels.py", "trade.parcels.operations:ship"),
    _step("The parcel 包裹", "web/orders/views.py", "trade.parcels.operations:receive"),
    _step(
        "The parcel 包裹",
        "trade/tasks.py",
        "trade.parcels.telling:tell_lots",
        "trace.operations.recording:note",
        "trace.operations.chain:append",
    ),
    _step("The parcel 包裹", "trade/tasks.py", "trade.parcels.operations:close_due"),
    _step(
        "The statement 结算单",
        "settlement/tasks.py",
        "settlement.operations:settle_due",
        "agreements.cover.operations:lock",
        "trade.orders.finished:finished_lines",
        "agreements.calculation.sharing:shares_of",
        "trade.orders.settling:note_settled",
        "ledger.operations.bulk:transfer_many",
    ),
)


def lanes() -> list[str]:
    """What calls and is called: whoever begins, the rooms of the steps from the highest down, the database."""
    met = {call.lane for step in STEPS for call in (step.call, *step.calls)}
    rooms = [room for layer in layers_of("fieldcast") for room in layer if room in met]
    return ["begins", *rooms, "database"]


def sale() -> Picture:
    """The steps from above to below, an arrow for each call."""
    chapters = list(dict.fromkeys(step.chapter for step in STEPS))
    rows = len(chapters) + sum(1 + len(step.calls) for step in STEPS)
    title = "A sale's way through the files: an arrow is a call from one room into another"
    picture = Picture(width=WIDTH, height=TOP + (rows + 1) * ROW, title=title)
    picture.add("rect", width=WIDTH, height=picture.height, fill=colours.PAPER)
    places = _lanes(picture)
    y, chapter = float(TOP), ""
    for step in STEPS:
        if step.chapter != chapter:
            chapter = step.chapter
            picture.text(12, y, chapter, size=14, fill=colours.GOOD_DEEP, font_weight="bold")
            y += ROW
        _arrow(picture, y, places["begins"], places[step.call.lane], colours.GOOD)
        _said(picture, y, step.call, after=f"  from {step.begun}")
        y += ROW
        for call in step.calls:
            _arrow(picture, y, places[step.call.lane], places[call.lane], colours.SECOND)
            _said(picture, y, call, indent=16)
            y += ROW
    return picture


def _lanes(picture: Picture) -> dict[str, float]:
    names = lanes()
    step = (WIDTH - TEXT - 20) / len(names)
    places = {name: TEXT + 20 + step * (number + 0.5) for number, name in enumerate(names)}
    for name, x in places.items():
        picture.text(x, 30, name, size=11, fill=colours.INK, text_anchor="middle")
        picture.path([[x, 40], [x, picture.height - 12]], stroke=colours.LINE)
    return places


def _said(picture: Picture, y: float, call: Call, *, indent: int = 0, after: str = "") -> None:
    words = call.file.as_posix() + ("" if call.lane == "database" else f" · {call.function}")
    picture.text(20 + indent, y, words + after, size=10, fill=colours.INK, font_family=CODE)


def _arrow(picture: Picture, y: float, start: float, end: float, colour: str) -> None:
    y -= 4
    if start != end:
        back = -6 if end > start else 6
        picture.path([[start, y], [end, y]], stroke=colour, stroke_width=1.5)
        picture.path(
            [[end + back, y - 4], [end, y], [end + back, y + 4]], closed=True, fill=colour, stroke=colour
        )
    picture.add("circle", cx=f"{(start if start != end else end):.1f}", cy=y, r=3, fill=colour)
