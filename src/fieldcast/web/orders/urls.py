"""Addresses of buying and of what was bought."""

from django.urls import URLPattern, path

from fieldcast.web.orders import buying, views

urlpatterns: list[URLPattern] = [
    path("buy/<int:offer_id>/", buying.buy, name="buy"),
    path("me/orders/", views.orders, name="orders"),
    path("me/orders/<str:number>/", views.order, name="order"),
    path("me/orders/<str:number>/waiting", views.waiting, name="order_waiting"),
    path("me/orders/<str:number>/pay", views.pay, name="order_pay"),
    path("me/orders/<str:number>/cancel", views.cancel, name="order_cancel"),
    path("me/orders/<str:number>/receive", views.receive, name="order_receive"),
]
