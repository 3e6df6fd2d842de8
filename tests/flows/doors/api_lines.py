"""The lines of the API (see `table`)."""

from typing import Final

API: Final = """
GET POST  /api/v1/                                          nobody
GET POST  /api/v1/docs                                      everyone
GET POST  /api/v1/openapi.json                              everyone

GET       /api/v1/me                                        people
GET POST  /api/v1/me/join-requests                          people
GET       /api/v1/join-requests                             people
POST      /api/v1/join-requests/<join_id>/withdraw          shopper
POST      /api/v1/join-requests/<join_id>/more              shopper
POST      /api/v1/join-requests/<join_id>/answer            chief
GET       /api/v1/me/invitations                            people
GET       /api/v1/invitations                               people
POST      /api/v1/invitations                               owners clerks
POST      /api/v1/invitations/<invitation_id>/withdraw      chief
POST      /api/v1/invitations/<invitation_id>/answer        shopper
GET POST  /api/v1/me/addresses                              people
DELETE    /api/v1/me/addresses/<address_id>                 buyer
GET POST  /api/v1/me/tokens                                 people
DELETE    /api/v1/me/tokens/<token_id>                      buyer

GET       /api/v1/products                                  people
GET       /api/v1/cooperatives/<cooperative_id>/plots       chief packer
POST      /api/v1/plots/<plot_id>/crops                     chief
POST      /api/v1/plots/<plot_id>/crops/<product_id>/end    chief
GET       /api/v1/lots                                      people
POST      /api/v1/lots                                      chief
GET       /api/v1/lots/<lot_id>                             people
GET       /api/v1/lots/<lot_id>/stock                       chief
GET       /api/v1/lots/<lot_id>/events                      people
POST      /api/v1/lots/<lot_id>/events                      chief
POST      /api/v1/lots/<lot_id>/write-offs                  chief
POST      /api/v1/lots/<lot_id>/stop                        chief officer
POST      /api/v1/lots/<lot_id>/give-back                   chief officer
POST      /api/v1/lots/<lot_id>/resume                      chief officer

GET       /api/v1/organisations/<organisation_id>/agreements [cooperative]  chief packer
GET       /api/v1/organisations/<organisation_id>/agreements [host]         presenter
POST      /api/v1/agreements                                chief
GET       /api/v1/agreement-versions/<version_id>           parties
POST      /api/v1/agreement-versions/<version_id>/revisions  chief
POST      /api/v1/agreement-versions/<version_id>/consents  chief presenter driver
GET       /api/v1/agreement-versions/<version_id>/concerns  parties
GET       /api/v1/agreement-versions/<version_id>/bonds     parties
GET       /api/v1/agreement-versions/<version_id>/term      parties
POST      /api/v1/agreement-versions/<version_id>/notice    chief presenter driver
GET       /api/v1/agreement-versions/<version_id>/paper     parties

GET       /api/v1/sessions                                  people
POST      /api/v1/sessions [cooperative]                    chief
POST      /api/v1/sessions [host]                           presenter
GET       /api/v1/sessions/<session_id>                     people
GET       /api/v1/sessions/<session_id> [cancelled]         runners
POST      /api/v1/sessions/<session_id>/open                runners
POST      /api/v1/sessions/<session_id>/close               runners
POST      /api/v1/sessions/<session_id>/cancel              runners
POST      /api/v1/sessions/<session_id>/explain             runners
GET POST  /api/v1/sessions/<session_id>/messages            people
GET       /api/v1/sessions/<session_id>/messages [cancelled]  runners
POST      /api/v1/sessions/<session_id>/messages [answer]   runners
POST      /api/v1/sessions/<session_id>/likes               people
GET       /api/v1/sessions/<session_id>/transcript          people
GET       /api/v1/sessions/<session_id>/transcript [cancelled]  runners
POST      /api/v1/sessions/<session_id>/transcript          runners
GET       /api/v1/sessions/<session_id>/offers              people
GET       /api/v1/sessions/<session_id>/offers [cancelled]  runners
POST      /api/v1/sessions/<session_id>/offers              runners
POST      /api/v1/offers/<offer_id>/price                   runners
POST      /api/v1/offers/<offer_id>/close                   runners
POST      /api/v1/sessions/<session_id>/sales-reports       runners
GET       /api/v1/sessions/<session_id>/verification        chief packer presenter officer
GET       /api/v1/sessions/<session_id>/books               chief packer presenter officer

GET POST  /api/v1/orders                                    people
GET       /api/v1/organisations/<organisation_id>/orders    chief packer
GET       /api/v1/orders/<number>                           buyer chief packer officer
GET       /api/v1/orders/<number> [sent off]                buyer chief packer officer driver
POST      /api/v1/orders/<number>/pay                       buyer
POST      /api/v1/orders/<number>/cancel                    buyer
POST      /api/v1/orders/<number>/pack                      chief packer
POST      /api/v1/orders/<number>/ship                      chief packer
POST      /api/v1/orders/<number>/receive                   buyer
POST      /api/v1/orders/<number>/refund                    chief
POST      /api/v1/orders/<number>/after-sale-refund         chief
GET       /api/v1/orders/<number>/refund-requests           buyer chief packer officer
POST      /api/v1/orders/<number>/refund-requests           buyer
GET       /api/v1/organisations/<organisation_id>/refund-requests  chief packer
POST      /api/v1/refund-requests/<request_id>/answer       chief officer
POST      /api/v1/refund-requests/<request_id>/object       buyer
POST      /api/v1/refund-requests/<request_id>/withdraw     buyer
POST      /api/v1/refund-requests/<request_id>/return       chief
POST      /api/v1/refund-requests/<request_id>/sent-back    buyer
POST      /api/v1/refund-requests/<request_id>/exchange     chief packer
POST      /api/v1/refund-requests/<request_id>/appeal       buyer chief

GET       /api/v1/me/conversations                          people
GET       /api/v1/organisations/<organisation_id>/conversations  chief packer
GET       /api/v1/conversations/<conversation_id>           buyer chief packer
POST      /api/v1/orders/<number>/letters                   buyer
POST      /api/v1/orders/<number>/letters-to-buyer          chief packer
POST      /api/v1/lots/<lot_id>/letters                     people
POST      /api/v1/conversations/<conversation_id>/letters   buyer chief packer
POST      /api/v1/conversations/<conversation_id>/letters [late]  buyer chief packer officer
POST      /api/v1/conversations/<conversation_id>/close     chief packer
POST      /api/v1/conversations/<conversation_id>/close [late]  chief packer officer
POST      /api/v1/conversations/<conversation_id>/county [closed]  buyer
POST      /api/v1/conversations/<conversation_id>/no-answer  chief packer
GET       /api/v1/organisations/<organisation_id>/parcels [carrier]  driver
GET       /api/v1/parcels/<number>                          driver
POST      /api/v1/parcels/<number>/steps                    driver
POST      /api/v1/orders/<number>/carrier                   chief packer
POST      /api/v1/orders/<number>/send-again                chief packer officer

GET       /api/v1/organisations/<organisation_id>/statements [cooperative]  chief packer officer
GET       /api/v1/organisations/<organisation_id>/statements [host]         presenter officer
GET       /api/v1/organisations/<organisation_id>/statements [carrier]      driver officer
GET       /api/v1/organisations/<organisation_id>/statements [household]    farmer officer
GET       /api/v1/statements/<statement_id> [cooperative]   chief packer officer
GET       /api/v1/statements/<statement_id> [host]          presenter officer
GET       /api/v1/statements/<statement_id> [carrier]       driver officer
GET       /api/v1/statements/<statement_id> [household]     farmer officer
GET       /api/v1/statements/<statement_id> [platform]      officer

GET       /api/v1/county/attention                          officers
GET       /api/v1/county/overview                           officers
GET       /api/v1/county/invariants                         officers
GET       /api/v1/county/processes                          officers
GET       /api/v1/county/cover                              officers
GET       /api/v1/county/funds                              officers
POST      /api/v1/county/funds                              officers
GET       /api/v1/county/money                              officers
POST      /api/v1/county/deposits                           officer
POST      /api/v1/county/deposits/back                      officer
POST      /api/v1/funds/<fund_id>/money                     officer
POST      /api/v1/funds/<fund_id>/backings                  officer
GET       /api/v1/organisations/<organisation_id>/cover     chief packer officer
"""
