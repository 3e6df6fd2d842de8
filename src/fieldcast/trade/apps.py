"""The trade room as a Django app."""

from django.apps import AppConfig

from fieldcast.kit import sql


class TradeConfig(AppConfig):
    """The trade room."""

    name = "fieldcast.trade"
    label = "trade"

    def ready(self) -> None:
        """Its functions in the database follow their files; when trace stops or resumes a lot's sale, or a test was
        not passed, offers end, and rooms and buyers are told."""
        from fieldcast.trace.signals import sale_changed, test_failed  # noqa: PLC0415 — once the apps are ready
        from fieldcast.trade import told  # noqa: F401, PLC0415 — its kinds of message are known from now on
        from fieldcast.trade.aftersales import told as _aftersales  # noqa: F401, PLC0415 — the same
        from fieldcast.trade.carrying import told as _carrying  # noqa: F401, PLC0415 — the same
        from fieldcast.trade.letters import told as _letters  # noqa: F401, PLC0415 — the same
        from fieldcast.trade.offers.stopped import close_offers, tell_rooms  # noqa: PLC0415 — the same
        from fieldcast.trade.stops.operations import tell_of_sale, tell_of_test  # noqa: PLC0415 — the same

        sql.keep_functions(self)

        sale_changed.connect(tell_rooms)
        sale_changed.connect(tell_of_sale)
        test_failed.connect(close_offers)
        test_failed.connect(tell_of_test)
