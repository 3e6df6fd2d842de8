"""How what is asked reads."""

from django.utils import translation

from fieldcast.desk.kinds import Kind


def test_who_reads_english_has_the_english_name_where_one_is_given() -> None:
    kind = Kind(code="x", asks="%(name)s %(n)s", hint="", way="", working_days=1, in_words=True)
    both = {"name": "河湾", "name_en": "Hewan", "n": 2}
    with translation.override("en"):
        assert kind.asked(both) == "Hewan 2"
        assert kind.asked({"name": "河湾", "name_en": "", "n": 2}) == "河湾 2"
    with translation.override("zh-hans"):
        assert kind.asked(both) == "河湾 2"
