"""What the supervision endpoints take and give."""

from ninja import Schema

from fieldcast.api.fields import Fen, Number


class SalesReportIn(Schema):
    """What a host says a session sold."""

    units: Number
    amount_fen: Fen
