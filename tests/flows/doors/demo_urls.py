"""The platform's addresses as they are in demo mode, for the pages and for the API."""

from django.urls import include, path
from ninja import NinjaAPI

from fieldcast.api import problems
from fieldcast.api.auth import ANYONE_SIGNED_IN
from fieldcast.api.demo.endpoints import router

api = NinjaAPI(urls_namespace="api-demo", auth=ANYONE_SIGNED_IN, docs_url=None, openapi_url=None)
problems.install(api)
api.add_router("/demo", router)

urlpatterns = [
    path("", include("fieldcast.config.urls")),
    path("demo/", include("fieldcast.web.demo.urls")),
    path("api/v1/", api.urls),
]
