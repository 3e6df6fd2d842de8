"""The paper's scenarios."""

from fieldcast.science.games.supervision import SupervisionGame

POVERTY = SupervisionGame(R1=140, R2=130, C=30, F=10, L=10, G=50, H1=20, H2=8)
ORDINARY = POVERTY.with_(C=15, F=25)
COMBINED = POVERTY.with_(C=24, F=15)
