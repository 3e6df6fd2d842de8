"""Papers about what is sold: a version of an agreement, with a box as the cooperative really sells them."""

from fieldcast.agreements import papers
from fieldcast.agreements.papers import Box
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.trade.offers.typical import typical_pack


def agreement_paper(version: VersionView) -> bytes:
    """The version as a PDF in the active language. Raises `PaperFontMissing` where the server has no font for it."""
    known = catalog.products(county_id=version.county_id)
    sold = tuple(one.code for one in known if version.terms.sells(one.code))
    if not sold:
        return papers.write(version, box=None)
    pack = typical_pack(
        county_id=version.county_id,
        cooperative_id=version.cooperative_id,
        host_id=version.host_id,
        terms=version.terms,
        product_codes=sold,
    )
    return papers.write(version, box=Box(pack.product_code, pack.pack_units, pack.price_fen))
