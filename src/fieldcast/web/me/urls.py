"""Addresses of the pages about oneself."""

from django.urls import URLPattern, path

from fieldcast.web.me import accounts, desk, follows, letters, places, views

urlpatterns: list[URLPattern] = [
    path("", views.me, name="me"),
    path("terms", views.terms, name="me_terms"),
    path("name/", views.name, name="me_name"),
    path("type", views.type_size, name="me_type"),
    path("messages/", views.my_messages, name="me_messages"),
    path("messages/read", views.read_all, name="me_messages_read"),
    path("messages/<int:letter_id>/read", views.read_message, name="me_message_read"),
    path("follows/", follows.follows, name="me_follows"),
    path("follows/<int:host_id>/stop", follows.unfollow, name="me_unfollow"),
    path("letters/", letters.letters, name="me_letters"),
    path("letters/photos/<int:file_id>/", letters.photo, name="letter_photo"),
    path("addresses/", views.addresses, name="me_addresses"),
    path("addresses/new/", views.new_address, name="me_address_new"),
    path("addresses/places/", places.places, name="places"),
    path("addresses/read", places.read_address, name="read_address"),
    path("addresses/<int:address_id>/first", views.first_address, name="me_address_first"),
    path("addresses/<int:address_id>/delete", views.delete_address, name="me_address_delete"),
    path("account/<int:organisation_id>/", accounts.account, name="me_account"),
    path("desk/<int:item_id>/", desk.item, name="me_desk_item"),
    path("tokens/", views.tokens, name="me_tokens"),
    path("tokens/<int:token_id>/revoke", views.revoke_token, name="me_token_revoke"),
]
