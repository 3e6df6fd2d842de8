"""The clip's quiet sound, made from sine waves: a few plucked notes, a far pad and birds. It loops without a seam."""

from functools import lru_cache

import numpy as np

RATE = 48_000
PENTATONIC = (392.0, 440.0, 523.25, 587.33, 659.26, 783.99, 880.0)  # hertz: a tune in it cannot sound wrong
PEAK = 0.22  # of full scale: a background, not a song


def ambience(seconds: int, seed: int) -> np.ndarray:
    """`seconds` of mono sound at 48 kHz as float32 in -1..1. What rings past the end is heard at the beginning."""
    rng = np.random.default_rng([seed, 5])
    sound = np.zeros(seconds * RATE, dtype=np.float64)
    beat = RATE // 2
    step = 2
    for start in range(0, seconds * 2, 2):
        if rng.random() < 0.8:
            step = int(np.clip(step + rng.integers(-2, 3), 0, len(PENTATONIC) - 1))
            _add(sound, start * beat, _pluck(PENTATONIC[step]) * rng.uniform(0.5, 0.9))
    for start in range(0, seconds, 4):
        root = PENTATONIC[int(rng.integers(3))] / 4
        _add(sound, start * RATE, _pad(root) * 0.5)
    for _ in range(max(1, seconds // 4)):
        _add(sound, int(rng.integers(seconds * RATE)), _chirp(rng) * rng.uniform(0.12, 0.3))
    return (sound * (PEAK / max(1e-9, float(np.abs(sound).max())))).astype(np.float32)


def _add(sound: np.ndarray, start: int, note: np.ndarray) -> None:
    """Mix in a note; its tail wraps round to the beginning."""
    at = (start + np.arange(len(note))) % len(sound)
    np.add.at(sound, at, note)


@lru_cache
def _pluck(pitch: float) -> np.ndarray:
    t = np.arange(int(RATE * 1.6)) / RATE
    tones = [np.sin(2 * np.pi * pitch * n * t) * np.exp(-t * (2.6 + 2.2 * n)) / n**1.6 for n in (1, 2, 3)]
    note: np.ndarray = np.sum(tones, axis=0) * np.minimum(1, t / 0.004) * 0.6
    return note


@lru_cache
def _pad(root: float) -> np.ndarray:
    t = np.arange(RATE * 6) / RATE
    chord: np.ndarray = np.sum([np.sin(2 * np.pi * root * ratio * t) for ratio in (1, 1.5, 2)], axis=0)
    chord *= np.sin(np.pi * t / 6) ** 2 * 0.12
    return chord


def _chirp(rng: np.random.Generator) -> np.ndarray:
    """Two or three rising whistles."""
    t = np.arange(int(RATE * 0.12)) / RATE
    base = rng.uniform(2400, 3400)
    whistle = np.sin(2 * np.pi * (base * t + rng.uniform(2500, 5000) * t * t)) * np.sin(np.pi * t / 0.12) ** 2
    gap = np.zeros(int(RATE * rng.uniform(0.03, 0.09)))
    return np.concatenate([whistle, gap] * int(rng.integers(2, 4))) * 0.5
