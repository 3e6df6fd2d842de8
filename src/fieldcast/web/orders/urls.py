"""Addresses of buying and of what was bought."""

from django.urls import URLPattern, path

from fieldcast.web.orders import buying, letters, refunds, views

urlpatterns: list[URLPattern] = [
    path("buy/<int:offer_id>/", buying.buy, name="buy"),
    path("me/orders/", views.orders, name="orders"),
    path("me/orders/<str:number>/", views.order, name="order"),
    path("me/orders/<str:number>/waiting", views.waiting, name="order_waiting"),
    path("me/orders/<str:number>/pay", views.pay, name="order_pay"),
    path("me/orders/<str:number>/cancel", views.cancel, name="order_cancel"),
    path("me/orders/<str:number>/receive", views.receive, name="order_receive"),
    path("me/orders/<str:number>/refund/", refunds.ask, name="order_refund"),
    path("me/orders/<str:number>/refund/part", refunds.part, name="order_refund_part"),
    path("me/orders/<str:number>/refund/appeal", refunds.appeal, name="order_refund_appeal"),
    path("me/orders/<str:number>/refund/sent-back", refunds.sent_back, name="order_refund_sent_back"),
    path("me/orders/<str:number>/refund/arrived", refunds.arrived, name="order_refund_arrived"),
    path("me/orders/<str:number>/refund/object", refunds.object_to, name="order_refund_object"),
    path("me/orders/<str:number>/refund/withdraw", refunds.withdraw, name="order_refund_withdraw"),
    path("me/orders/<str:number>/letters/", letters.letters, name="order_letters"),
    path("me/orders/photos/<int:file_id>/", refunds.photo, name="order_photo"),
]
