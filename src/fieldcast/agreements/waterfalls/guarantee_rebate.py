"""Guaranteed purchase and second rebate (保底收购 + 二次返利): the model that counties use.

The waterfall of a line, in its order; *sales* are what was paid less what was refunded:

1. the platform takes `commission_bp` of sales, nothing in a public-benefit session;
2. the host takes `host_bp` of sales, and `host_fixed_fen_per_pack` for each pack, less in the proportion refunded;
3. the carrier is owed `logistics_fen_per_pack` for each pack. Of that the farmer bears `cold_chain_bp` of sales, but
   never more than the whole fee or the whole guarantee; the cooperative bears the rest, before any surplus is
   counted, so that nobody pays for the same delivery twice;
4. the cooperative takes `handling_fen_per_pack` for sorting and packing each pack;
5. the farmer gets the guarantee for every unit sent;
6. of what remains the farmer gets `rebate_bp` and the cooperative the rest. Where less than the guarantee remained,
   there is no rebate and the cooperative covers the difference (`guarantee_shortfall`, the only negative share beside
   the farmer's part of the cold chain).

**Rounding.** Every amount is rounded by itself to the nearest fen, half up, so that anyone can check it with a pocket
calculator; the last share, the cooperative's, takes what is left over. Costs that happen to be rounded up together can
therefore take a fen from the rebate, or two on a line with a refund.

**Refunds.** What was done for a parcel that left is owed even when the buyer got everything back: guarantee, delivery,
sorting and packing. What follows the money shrinks with it: commission, host pay, cold-chain share, rebate. A line
refunded before it was sent is never settled, so no clause applies to it.

**A higher price** never lowers what the farmer gets for the goods, guarantee and rebate together, beyond those fen.
The cold-chain share grows with sales, so what is paid out grows with the price wherever a surplus is shared and
`rebate_bp` of it outweighs `cold_chain_bp`; the share itself never exceeds 8% of sales.

**Worked example.** 70 boxes of 5 jin at ¥39.80, guaranteed ¥3.80 a jin, rebate 35%, public benefit, host ¥5.90 a box,
delivery ¥8.60 a box, cold chain 5% of sales with a cap of 8%, sorting and packing ¥4.49 a box. Sales are ¥2,786.00.

- cold chain: 5.0% of ¥2,786.00 = ¥139.30, so the cooperative bears ¥602.00 − ¥139.30 = ¥462.70 of the delivery;
- remains: ¥2,786.00 − ¥413.00 (host) − ¥462.70 − ¥314.30 (sorting) = ¥1,596.00, that is ¥22.80 a box;
- guarantee: 70 × ¥19.00 = ¥1,330.00; rebate: (¥22.80 − ¥19.00) × 35% × 70 = ¥93.10;
- the farmer is paid ¥1,330.00 + ¥93.10 − ¥139.30 = **¥1,283.80**, with a platform fee of ¥0.00;
- the cooperative keeps ¥314.30 + ¥172.90 = ¥487.20, the carrier ¥602.00, the host ¥413.00: together ¥2,786.00.

Of each ¥39.80: farmer ¥18.34 (46%), delivery ¥8.60, host ¥5.90, cooperative ¥6.96.
"""

from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses import (
    AFTER_SALE,
    COLD_CHAIN,
    COMMISSION,
    DELIVERY,
    GUARANTEE,
    HANDLING,
    HOST_PAY,
    REBATE,
    REST,
)
from fieldcast.agreements.waterfalls.model import Model, Step

GUARANTEE_REBATE = Model(
    name="guarantee_rebate",
    title=_("Guaranteed purchase and second rebate"),
    waterfall={
        1: COMMISSION,
        3: HOST_PAY,
        5: DELIVERY,
        2: GUARANTEE,
        6: COLD_CHAIN,
        7: HANDLING,
        4: REBATE,
        8: REST,
        9: AFTER_SALE,
    },
    steps=(
        Step(
            title=_("Guaranteed prices"),
            lead=_("What the farmer is paid at least. Leave empty what is not sold under this agreement."),
            terms=("guarantee_fen",),
        ),
        Step(
            title=_("Shares of the sale"),
            lead=_("In percent of what buyers paid and did not get back."),
            terms=("commission_bp", "public_benefit", "host_bp", "rebate_bp"),
        ),
        Step(
            title=_("Delivery"),
            lead=_("The farmer's share of the cold chain is capped; the cooperative bears the rest."),
            terms=("logistics_fen_per_pack", "cold_chain_bp", "cold_chain_cap_bp"),
        ),
        Step(
            title=_("Boxes and time"),
            lead=_("Write 0 where nothing is paid."),
            terms=("handling_fen_per_pack", "host_fixed_fen_per_pack", "after_sale_seconds"),
        ),
    ),
)
