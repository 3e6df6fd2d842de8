"""The county's after-sale line, its clocks and its limit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldcast.trade.aftersales.settings import LIMITS, MOST_PHONE, MOST_WORDS
from fieldcast.web.shared.fields import WholeField, WordsField


class AfterSalesForm(forms.Form):
    """What holds for requests for money back from now on."""

    phone = WordsField(
        label=_("Phone number of the after-sale line"),
        max_length=MOST_PHONE,
        required=False,
        help_text=_("Buyers read it on their orders. Leave it empty while nobody answers it."),
    )
    words = WordsField(label=_("When it is answered, in Chinese"), max_length=MOST_WORDS, required=False)
    words_en = WordsField(label=_("When it is answered, in English"), max_length=MOST_WORDS, required=False)
    damage_hours = WholeField(
        label=_("Hours to report damage, from receipt"), min_value=1, max_value=LIMITS["damage_hours"]
    )
    answer_hours = WholeField(
        label=_("Hours for the seller to answer"), min_value=1, max_value=LIMITS["answer_hours"]
    )
    decide_days = WholeField(
        label=_("Days for the county to decide"), min_value=1, max_value=LIMITS["decide_days"]
    )
    most_requests = WholeField(
        label=_("Requests of one buyer in 90 days that are usual"),
        min_value=1,
        max_value=LIMITS["most_requests"],
        help_text=_("What goes beyond is looked at by a person. It is never refused for that."),
    )
