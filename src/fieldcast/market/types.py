"""What market tells the faces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProductSignal:
    """How one offer did: packs sold for every thousand visits of the room, None while nobody came."""

    offer_id: int
    title: str
    title_en: str
    packs: int
    amount_fen: int
    packs_per_1000_visits: int | None


@dataclass(frozen=True)
class SessionSignals:
    """What the audience of a session did, with nobody's name in it."""

    session_id: int
    visits: int
    peak_viewers: int
    likes: int
    shares: int
    messages: int
    questions: int
    unanswered: int
    buyers: int
    products: tuple[ProductSignal, ...]
