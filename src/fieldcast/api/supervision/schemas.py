"""What the supervision endpoints take and give."""

from ninja import Schema

from fieldcast.api.fields import Fen, Whole


class SalesReportIn(Schema):
    """What a host says a session sold."""

    units: Whole
    amount_fen: Fen
