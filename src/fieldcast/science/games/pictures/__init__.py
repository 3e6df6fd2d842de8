"""Pictures of the supervision game and of what is asked of it, in the reader's language.

Colours keep one meaning throughout: green where honesty can hold, wheat where nobody looks, persimmon where no penalty
deters. Every picture is as wide as a phone shows without shrinking its words.
"""

from fieldcast.science.games.pictures.bars import marginals, tornado
from fieldcast.science.games.pictures.lines import best_responses, curves
from fieldcast.science.games.pictures.map import regime_map
from fieldcast.science.games.pictures.portrait import phase_portrait

__all__ = ["best_responses", "curves", "marginals", "phase_portrait", "regime_map", "tornado"]
