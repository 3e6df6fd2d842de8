"""The regime of one game in a sentence or three, with its numbers and what would change it, in both languages."""

from typing import TYPE_CHECKING

from fieldcast.science.games.supervision.figures import figure, percent
from fieldcast.science.games.supervision.regimes import Regime
from fieldcast.science.text import Text

if TYPE_CHECKING:
    from fieldcast.science.games.supervision.game import SupervisionGame

UNDETERRED = Text(
    en="At F={F} no supervision can deter: a dishonest host saves {gain}. Raise F above {gain}.",
    zh="罚 {F} 罚不住：不诚信能省 {gain}。要罚过 {gain}。",
)
AT_GAIN = Text(
    en="F={F} only just takes back the {gain} a dishonest host saves. Raise F above {gain}.",
    zh="罚 {F}，刚好抵掉不诚信省下的 {gain}。要罚过 {gain}。",
)
NOBODY = Text(
    en="The farmer does not supervise: it costs C={C} and brings F+L={stake} at most. It pays only when C is below "
    "F+L.",
    zh="农户不会监督：监督要花 {C}，最多换回 {stake}（罚金 {F} 加少损失的 {L}）。花的比换回的少，才划算。",
)
ALWAYS = Text(
    en="The farmer supervises all the same: it costs C={C} and brings F+L={stake}.",
    zh="农户还是会监督：花 {C}，换回 {stake}（罚金 {F} 加少损失的 {L}）。",
)
EVEN = Text(
    en="Supervising costs exactly what it brings at most, C=F+L={stake}, so the farmer may leave it. It pays only "
    "when C is below F+L.",
    zh="监督花的和最多换回的正好一样多，都是 {stake}，农户可以不做。花的比换回的少，才划算。",
)
FOR_CERTAIN = Text(en="The host is dishonest for certain.", zh="主播肯定不诚信。")
PERHAPS = Text(
    en="The host is honest with any probability from 0% to {bound}; count on 0%.",
    zh="主播诚信的机会在 0% 到 {bound} 之间都说得通，只能按 0% 算。",
)
BOTH_MIX = Text(
    en="The fine F={F} is above the {gain} that dishonesty saves, and supervising costs C={C}, less than the "
    "F+L={stake} it can bring: the host is honest {honesty} of the time, the farmer supervises {supervision}.",
    zh="罚金 {F} 高过不诚信省下的 {gain}，监督花的 {C} 少于能换回的 {stake}：主播诚信的机会是 {honesty}，"
    "农户监督的机会是 {supervision}。",
)
WATCHED_FREE = Text(
    en="Supervision costs nothing (C=0) and the fine F={F} is above the {gain} that dishonesty saves: the host is "
    "honest for certain as long as the farmer supervises at least {supervision} of the time.",
    zh="监督不花钱（C=0），罚金 {F} 又高过不诚信省下的 {gain}：农户监督的机会只要不低于 {supervision}，"
    "主播就一定诚信。",
)
UNUSED_FINE = Text(
    en="F={F} would deter, being above the {gain} that dishonesty saves, but only where somebody supervises.",
    zh="罚金 {F} 高过不诚信省下的 {gain}，本来罚得住，可要有人监督才行。",
)
PARTS = {
    Regime.UNDETERRABLE_SUPERVISED: (UNDETERRED, ALWAYS, FOR_CERTAIN),
    Regime.UNDETERRABLE_COST_AT_STAKE: (UNDETERRED, EVEN, FOR_CERTAIN),
    Regime.UNDETERRABLE_UNSUPERVISED: (UNDETERRED, NOBODY, FOR_CERTAIN),
    Regime.FINE_AT_GAIN: (AT_GAIN, ALWAYS, PERHAPS),
    Regime.FINE_AT_GAIN_COST_AT_STAKE: (AT_GAIN, EVEN, FOR_CERTAIN),
    Regime.FINE_AT_GAIN_UNSUPERVISED: (AT_GAIN, NOBODY, FOR_CERTAIN),
    Regime.MIXED: (BOTH_MIX,),
    Regime.COST_AT_STAKE: (UNUSED_FINE, EVEN, FOR_CERTAIN),
    Regime.UNSUPERVISED: (UNUSED_FINE, NOBODY, FOR_CERTAIN),
    Regime.FREE_SUPERVISION: (WATCHED_FREE,),
}


def explain(game: "SupervisionGame") -> Text:
    """The sentence of one game (not of arrays)."""
    regime = game.regime
    assert isinstance(regime, Regime)
    stake = float(game.F) + float(game.L)
    numbers = {
        "F": figure(float(game.F)),
        "C": figure(float(game.C)),
        "L": figure(float(game.L)),
        "gain": figure(float(game.H1) - float(game.H2)),
        "stake": figure(stake),
    }
    shares = {
        "honesty": percent(float(game.honesty)),
        "supervision": percent(float(game.supervision)),
        "bound": percent(1 - float(game.C) / stake if regime is Regime.FINE_AT_GAIN else 0.0),
    }
    english = {name: share.en for name, share in shares.items()}
    chinese = {name: share.zh for name, share in shares.items()}
    parts = PARTS[regime]
    return Text(
        en=" ".join(part.en.format(**numbers, **english) for part in parts),
        zh="".join(part.zh.format(**numbers, **chinese) for part in parts),
    )
