"""The colours of the house, by what they mean."""

PAPER = "#fffdf8"
INK = "#1f2d26"
MUTED = "#5c6a61"
LINE = "#e7e0d2"

GOOD = "#2f7d4f"
GOOD_DEEP = "#1d4f37"
GOOD_SOFT = "#e4f0e6"
CAUTION = "#e3b341"
CAUTION_SOFT = "#fbf1d5"
ALARM = "#dd5a2b"
ALARM_DEEP = "#a53c14"
ALARM_SOFT = "#fde8df"
SECOND = "#3b6ea5"
THIRD = "#6b4f3a"

SERIES = (GOOD, ALARM, SECOND, CAUTION, THIRD, GOOD_DEEP)
