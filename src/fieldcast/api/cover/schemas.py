"""What the cover endpoints take."""

from ninja import Schema

from fieldcast.api.fields import Fen, Id, Line, Note, PositiveFen, Words


class FundIn(Schema):
    """A fund by the name it has on paper."""

    name: Line
    name_en: Words = ""


class MoneyIn(Schema):
    """Money on a bank slip. The same slip again changes nothing."""

    amount_fen: PositiveFen
    slip: Line
    note: Note = ""


class DepositIn(MoneyIn):
    """A cooperative's deposit, coming or going back."""

    cooperative_id: Id


class BackingIn(Schema):
    """The most a fund stands behind a cooperative with; zero ends it."""

    cooperative_id: Id
    limit_fen: Fen
