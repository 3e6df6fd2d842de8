"""A request for money back may be answered by bringing the parcel once more, also one that its carrier calls delivered."""

from django.db import migrations, models

from fieldcast.kit import sql

STATES = ["asked", "given", "refused", "sent_again", "objected", "upheld", "dismissed", "withdrawn"]
MOVES_BEFORE = {
    "asked": ("given", "refused", "upheld", "dismissed", "withdrawn"),
    "given": ("objected",),
    "refused": ("objected",),
    "objected": ("upheld", "dismissed", "withdrawn"),
}
MOVES = {
    **MOVES_BEFORE,
    "asked": (*MOVES_BEFORE["asked"], "sent_again"),
    "sent_again": ("objected",),
}
CARRIED_BEFORE = {
    "to_fetch": ("on_the_way",),
    "on_the_way": ("delivered", "undelivered"),
    "undelivered": ("on_the_way", "delivered", "goes_back"),
    "goes_back": ("brought_back",),
}
CARRIED = {**CARRIED_BEFORE, "delivered": ("on_the_way",)}
KNOWN = {"refundrequest": "refund_request_state_known", "refundrequeststep": "refund_request_step_state_known"}


def _moves(table, first, moves):
    return sql.without(table, "begins", "moves") + sql.states(table, first=first, moves=moves)


class Migration(migrations.Migration):
    dependencies = [("trade", "0023_conversations_are_closed")]

    operations = [
        *(migrations.RemoveConstraint(model_name=model, name=name) for model, name in KNOWN.items()),
        *(
            migrations.AddConstraint(
                model_name=model,
                constraint=models.CheckConstraint(condition=models.Q(("state__in", STATES)), name=name),
            )
            for model, name in KNOWN.items()
        ),
        migrations.RunSQL(
            _moves("trade_refundrequest", "asked", MOVES),
            _moves("trade_refundrequest", "asked", MOVES_BEFORE),
        ),
        migrations.RunSQL(
            _moves("trade_carrying", "to_fetch", CARRIED),
            _moves("trade_carrying", "to_fetch", CARRIED_BEFORE),
        ),
    ]
