"""Games between those who sell and those who watch: solved, changed one number at a time, and put to use.

| module | what it answers |
|---|---|
| `bimatrix` | all equilibria of any two-player game, exactly |
| `supervision` | the host–farmer supervision game of Tao (2025), doi:10.12677/ecl.2025.14124679 |
| `paper` | that paper's tables as printed, as derived, and where it contradicts itself |
| `sensitivity` | what an answer depends on, and how much |
| `design` | the cheapest policy or contract that reaches a wanted honesty |
| `evolution` | what becomes of many who copy what pays |
| `reputation` | what being seen again is worth |
| `audits` | whom to inspect, with which probability, drawn so that nobody can predict it |
| `estimate` | the parameters out of records, with how sure one can be |

Arrays and frozen dataclasses in and out; exact fractions where payoffs are exact; randomness only from a given seed.
"""
