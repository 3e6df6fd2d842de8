"""A household's voice in what its cooperative asks."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from fieldcast.web.shared.voting import vote_page
from fieldcast.web.shared.workplace import Workplace, at_household


@require_http_methods(["GET", "POST"])
@at_household
def vote(request: HttpRequest, place: Workplace, ballot_id: int) -> HttpResponse:
    """One vote, and what the household says."""
    return vote_page(request, place, ballot_id, template="farm/vote.html", address="farm_vote")
