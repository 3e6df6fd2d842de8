"""The lines of the table: a new page is not there until a line here says who enters (see `table`)."""

from typing import Final

PAGES: Final = """
GET POST  /readyz                                           everyone
GET       /favicon.ico                                      everyone
GET       /                                                 everyone

GET       /live/                                            everyone
GET       /live/<int:session_id>/                           everyone
GET       /live/<int:session_id>/ [cancelled]               runners
GET       /live/<int:session_id>/state                      everyone
GET       /live/<int:session_id>/state [cancelled]          runners
GET       /live/<int:session_id>/goods/<int:offer_id>       everyone
GET       /live/<int:session_id>/goods/<int:offer_id> [cancelled] runners
GET       /live/<int:session_id>/video.m3u8                 everyone
GET       /live/<int:session_id>/host                       everyone
GET       /live/<int:session_id>/host [cancelled]           runners
POST      /live/<int:session_id>/follow                     people
POST      /live/<int:session_id>/remind                     people
POST      /live/<int:session_id>/say                        people
POST      /live/<int:session_id>/like                       everyone
POST      /live/<int:session_id>/share                      everyone
POST      /live/<int:session_id>/share [cancelled]          runners

GET       /agreements/verify/                               everyone
GET       /agreements/verify/<str:sha256>/                  everyone

GET       /lots/                                            everyone
GET       /lots/<int:lot_id>/                               everyone
GET       /lots/<int:lot_id>/photos/<int:lot_file_id>/      everyone
GET       /lots/<int:lot_id>/photos/<int:lot_file_id>/ [paper]  nobody

GET POST  /lots/<int:lot_id>/letters/                       people

GET       /worker.js                                        everyone
GET       /offline/                                         everyone
GET       /offline/<slug:language>/                         everyone
GET POST  /me/forgotten/                                    everyone
POST      /me/forgotten/code                                everyone
GET       /terms/                                           everyone
GET       /privacy/                                         everyone
GET       /lab/                                             everyone
GET       /lab/answer                                       everyone
GET       /lab/<slug:picture>.<slug:suffix>                 everyone

GET       /buy/<int:offer_id>/                              everyone
GET       /buy/<int:offer_id>/ [cancelled]                  runners
POST      /buy/<int:offer_id>/                              people
GET       /me/orders/                                       people
GET       /me/orders/<str:number>/                          buyer chief packer officer
GET       /me/orders/<str:number>/ [sent off]               buyer chief packer officer driver
GET       /me/orders/<str:number>/waiting                   buyer
POST      /me/orders/<str:number>/pay                       buyer
POST      /me/orders/<str:number>/cancel                    buyer
POST      /me/orders/<str:number>/receive                   buyer
GET POST  /me/orders/<str:number>/refund/                   buyer
GET       /me/orders/<str:number>/refund/part               buyer
POST      /me/orders/<str:number>/refund/object             buyer
POST      /me/orders/<str:number>/refund/appeal             buyer
POST      /me/orders/<str:number>/refund/sent-back          buyer
POST      /me/orders/<str:number>/refund/arrived            buyer
POST      /me/orders/<str:number>/refund/withdraw           buyer
GET POST  /me/orders/<str:number>/letters/                  buyer
GET       /me/orders/photos/<int:file_id>/                  buyer chief packer officer

GET       /join/                                            everyone
GET POST  /join/new/<slug:wish>/                            people
GET POST  /join/mine/<int:join_id>/                         shopper
POST      /join/mine/<int:join_id>/withdraw                 shopper
GET       /join/photos/<int:join_file_id>/                  buyer officer clerk
GET       /join/requests/                                   cooperators officers clerks
GET       /join/requests/<int:join_id>/                     chief officer
POST      /join/requests/<int:join_id>/                     chief
GET POST  /join/invitations/                                owners clerks
POST      /join/invitations/<int:invitation_id>/withdraw    chief
POST      /join/invitations/<int:invitation_id>/answer      shopper

GET       /me/                                              people
POST      /me/terms                                         people
GET POST  /me/name/                                         people
POST      /me/type                                          people
GET       /me/messages/                                     people
POST      /me/messages/read                                 people
POST      /me/messages/<int:letter_id>/read                 buyer
GET       /me/letters/                                      people
GET       /me/letters/photos/<int:file_id>/ [letter]        buyer chief packer
GET       /me/letters/photos/<int:file_id>/ [late]          buyer chief packer officer
GET       /me/follows/                                      people
POST      /me/follows/<int:host_id>/stop                    people
GET       /me/addresses/                                    people
GET POST  /me/addresses/new/                                people
GET       /me/addresses/places/                             everyone
POST      /me/addresses/read                                people
POST      /me/addresses/<int:address_id>/first              buyer
POST      /me/addresses/<int:address_id>/delete             buyer
GET POST  /me/account/<int:organisation_id>/                chief officer
GET POST  /me/desk/<int:item_id>/                           presenter
GET POST  /me/tokens/                                       people
POST      /me/tokens/<int:token_id>/revoke                  buyer

GET       /studio/                                          presenters
GET POST  /studio/new/                                      presenters
GET       /studio/statements/                               presenters
GET       /studio/pay/                                      presenters
GET       /studio/pay/rows/                                 presenters
GET       /studio/sessions/                                 presenters
GET       /studio/sessions/<int:session_id>/                runners
GET POST  /studio/sessions/<int:session_id>/edit/           runners
POST      /studio/sessions/<int:session_id>/open            runners
POST      /studio/sessions/<int:session_id>/end             runners
POST      /studio/sessions/<int:session_id>/cancel          runners
POST      /studio/sessions/<int:session_id>/report          runners
GET POST  /studio/sessions/<int:session_id>/offers/new/     runners
POST      /studio/sessions/<int:session_id>/explain         runners
POST      /studio/sessions/<int:session_id>/answer          runners
POST      /studio/sessions/<int:session_id>/announce        runners
POST      /studio/sessions/<int:session_id>/transcribe      runners
GET POST  /studio/messages/<int:message_id>/hide            runners
GET POST  /studio/offers/<int:offer_id>/                    runners
POST      /studio/offers/<int:offer_id>/close               runners

GET       /coop/                                            cooperators
GET       /coop/plots/                                      cooperators
GET POST  /coop/plots/<int:plot_id>/                        chief
POST      /coop/plots/<int:plot_id>/end/                    chief
GET       /coop/lots/                                       cooperators
GET POST  /coop/lots/new/                                   chiefs
GET       /coop/lots/new/room/                              cooperators
GET       /coop/lots/<int:lot_id>/                          chief packer
GET POST  /coop/lots/<int:lot_id>/events/<slug:kind>/       chief
POST      /coop/lots/<int:lot_id>/write-off/                chief
POST      /coop/lots/<int:lot_id>/state/                    chief
GET POST  /coop/lots/<int:lot_id>/give-back/                chief
POST      /coop/lots/<int:lot_id>/files/                    chief packer
GET       /coop/lots/<int:lot_id>/files/<int:lot_file_id>/ [paper]         chief packer
POST      /coop/lots/<int:lot_id>/files/<int:lot_file_id>/withdraw/        chief packer
GET       /coop/sessions/                                   cooperators
GET POST  /coop/sessions/new/                               chiefs
GET       /coop/sessions/<int:session_id>/                  chief packer
GET POST  /coop/sessions/<int:session_id>/edit/             chief
POST      /coop/sessions/<int:session_id>/open/             chief
POST      /coop/sessions/<int:session_id>/end/              chief
POST      /coop/sessions/<int:session_id>/cancel/           chief
GET POST  /coop/sessions/<int:session_id>/offers/new/       chief
GET POST  /coop/sessions/offers/<int:offer_id>/             chief
POST      /coop/sessions/offers/<int:offer_id>/close/       chief
GET       /coop/sessions/<int:session_id>/offers/sum/       runners
GET       /coop/sessions/offers/<int:offer_id>/sum/         runners
GET       /coop/orders/                                     cooperators
GET       /coop/orders/list.csv                             cooperators
POST      /coop/orders/together/                            chief packer
GET       /coop/orders/labels/                              chief packer
GET POST  /coop/orders/ship/                                chief packer
GET POST  /coop/orders/<str:number>/                        chief packer
GET POST  /coop/orders/<str:number>/refund/                 chief
GET POST  /coop/orders/<str:number>/refund/ [sent off]      chief
POST      /coop/orders/<str:number>/refund/again/           chief
POST      /coop/orders/<str:number>/carrier/                chief packer
POST      /coop/orders/<str:number>/again/                  chief packer
GET       /coop/refunds/                                    cooperators
GET       /coop/refunds/<int:request_id>/                   chief packer
POST      /coop/refunds/<int:request_id>/                   chief
POST      /coop/refunds/<int:request_id>/appeal             chief
GET POST  /coop/orders/<str:number>/letter/                chief packer
GET       /coop/letters/                                    cooperators
GET POST  /coop/letters/<int:conversation_id>/              chief packer
GET       /coop/statements/                                 cooperators
GET       /coop/members/                                    cooperators
GET       /coop/members/<int:household_id>/                 chief packer
POST      /coop/members/<int:household_id>/entries/         chief
GET       /coop/members/<int:household_id>/rows/            chief packer
GET       /coop/agreements/                                 cooperators
GET POST  /coop/agreements/new/                             chiefs
GET POST  /coop/agreements/compose/                         chiefs
GET       /coop/agreements/letters/<int:guarantee_id>/        parties
GET       /coop/agreements/<int:version_id>/                parties
GET       /coop/agreements/<int:version_id>/what-if/        parties
GET       /coop/agreements/<int:version_id>/summary/        parties
GET       /coop/agreements/<int:version_id>/records/        parties
POST      /coop/agreements/<int:version_id>/records/<slug:what>/        chief presenter driver
POST      /coop/agreements/<int:version_id>/records/<slug:what>/ [acceptance]  chief
POST      /coop/agreements/<int:version_id>/records/confirm/  chief presenter driver
GET POST  /coop/agreements/<int:version_id>/revise/         chief
POST      /coop/agreements/<int:version_id>/consent/        chief presenter driver
GET       /coop/votes/                                      cooperators
POST      /coop/votes/rule/                                 chiefs
GET POST  /coop/votes/new/                                  chiefs
GET       /coop/votes/<int:ballot_id>/                      chief
GET       /coop/votes/<int:ballot_id>/ours/                 chief packer
POST      /coop/votes/<int:ballot_id>/ours/                 chief
POST      /coop/votes/<int:ballot_id>/minutes/              chief
POST      /coop/votes/<int:ballot_id>/off/                  chief
GET       /coop/together/                                   cooperators
POST      /coop/together/                                   chiefs
POST      /coop/agreements/<int:version_id>/sheet/          chief
GET       /coop/agreements/<int:version_id>/sheets/<int:sheet_id>/  parties
POST      /coop/agreements/<int:version_id>/notice/         chief presenter driver
GET       /coop/agreements/<int:version_id>/agreement.pdf   parties
GET       /coop/outside/                                    cooperators
GET       /coop/outside/orders/                             cooperators
GET POST  /coop/outside/upload/                             chiefs

GET       /county/                                          officers
GET       /county/attention/                                officers
GET       /county/histories/                                officers
GET       /county/notices/                                  officers
GET       /county/figures/<slug:slug>/                      officers
GET       /county/households/                               officers
GET POST  /county/lots/<int:lot_id>/                        officer
GET POST  /county/lots/<int:lot_id>/give-back/              officer
GET       /county/sessions/                                 officers
GET       /county/sessions/<int:session_id>/                officer
GET       /county/orders/                                   officers
GET       /county/orders/<str:number>/                      officer
POST      /county/orders/<str:number>/again/                officer
GET POST  /county/orders/<str:number>/settled-refund/       officer
GET       /county/refunds/                                  officers
GET POST  /county/refunds/settings/                         officers
GET POST  /county/refunds/<int:request_id>/                 officer
GET POST  /county/letters/<int:conversation_id>/            nobody
GET POST  /county/letters/<int:conversation_id>/ [late]     officer
GET       /county/settlement/                               officers
GET       /county/settlement/arrears/                       officers
GET       /county/settlement/payouts/                       officers
POST      /county/settlement/payouts/send/                  officers
GET POST  /county/settlement/payouts/<int:batch_id>/        officer
GET       /county/settlement/payouts/<int:batch_id>/file/   officer
GET       /county/settlement/shares/                        officers
GET       /county/settlement/agreements/                    officers
POST      /county/settlement/agreements/ceiling/            officers
POST      /county/settlement/agreements/force-majeure/      officers
GET       /county/settlement/chains/                        officers
GET POST  /county/settlement/chains/<str:product_code>/     officers
GET       /county/cover/                                    officers
GET POST  /county/cover/money/                              officers
GET POST  /county/cover/funds/new/                          officers
GET POST  /county/cover/limits/                             officers
GET POST  /county/cover/floors/                             officers
GET       /county/cover/claims/                             officers
GET       /county/cover/payments/                           officers
GET POST  /county/cover/payments/<int:ask_id>/              officer
GET       /county/cover/insurance/                          officers
GET POST  /county/cover/insurance/new/                      officers
GET       /county/cover/insurance/<int:policy_id>/          officer
POST      /county/cover/insurance/<int:policy_id>/claim/    officer
POST      /county/cover/insurance/claims/<int:claim_id>/sent/  officer
GET POST  /county/cover/insurance/claims/<int:claim_id>/paid/  officer
GET POST  /county/cover/insurance/claims/<int:claim_id>/refused/  officer
GET       /county/cover/insurance/claims/<int:claim_id>/file/  officer
GET POST  /county/cover/letters/new/                        officers
GET POST  /county/cover/penalties/new/                      officers
GET POST  /county/checks/                                   officers

GET       /office/                                          administrators
GET       /office/state/                                    administrators
GET       /office/money/                                    administrators
GET       /office/money/rows/                               administrators
GET       /office/money/<slug:purpose>/                     administrators
GET       /office/trail/                                    administrators
GET       /office/people/                                   administrators
GET POST  /office/people/find/                              administrators
GET       /office/people/<int:person_id>/                   administrator
GET POST  /office/people/<int:person_id>/roles/             administrator
GET POST  /office/people/<int:person_id>/roles/<int:organisation_id>/end/ administrator
GET POST  /office/people/<int:person_id>/<slug:deed>/       administrator
GET       /office/organisations/                            administrators
GET POST  /office/organisations/new/                        administrators
GET       /office/organisations/<int:organisation_id>/      administrator
GET POST  /office/organisations/<int:organisation_id>/rename/ administrator
GET POST  /office/organisations/<int:organisation_id>/form/ administrator
GET POST  /office/organisations/<int:organisation_id>/federation/<slug:wish>/ administrator
GET POST  /office/organisations/<int:organisation_id>/standing/ administrator
GET       /office/county/                                   administrators
GET POST  /office/county/rename/                            administrators
GET POST  /office/county/villages/new/                      administrators
GET POST  /office/county/villages/<int:village_id>/         administrator
POST      /office/county/villages/<int:village_id>/remove/  administrator

GET       /farm/                                            farmers
GET       /farm/lots/                                       farmers
GET       /farm/statements/                                 farmers
GET       /farm/money/                                      farmers
GET       /farm/pay/                                        farmers
GET       /farm/pay/rows/                                   farmers
GET       /farm/account/                                    farmers
GET       /farm/account/rows/                               farmers
GET       /farm/agreements/                                 farmers
GET       /farm/cooperative/                                farmers
GET POST  /farm/votes/<int:ballot_id>/                      farmer
POST      /farm/services/<int:act_id>/confirm/              farmer
GET       /farm/agreements/<int:version_id>/                farmer
POST      /farm/agreements/<int:version_id>/sign/           farmer
GET       /farm/agreements/<int:version_id>/agreement.pdf   farmer

GET       /carrier/                                         drivers
GET       /carrier/code/                                    drivers
POST      /carrier/together/                                drivers
GET POST  /carrier/parcels/<str:code>/                      driver
GET POST  /carrier/parcels/<str:code>/<slug:step>/          driver
GET       /centre/                                          clerks
GET POST  /centre/people/                                   clerks
GET POST  /centre/people/<int:person_id>/                   clerk

GET       /statements/carrier/                              drivers
GET       /statements/<int:statement_id>/ [cooperative]     chief packer officer
GET       /statements/<int:statement_id>/ [host]            presenter officer
GET       /statements/<int:statement_id>/ [carrier]         driver officer
GET       /statements/<int:statement_id>/ [household]       farmer officer
GET       /statements/<int:statement_id>/ [platform]        officer
GET       /statements/<int:statement_id>/lines.csv [cooperative]  chief packer officer
GET       /statements/<int:statement_id>/lines.csv [host]         presenter officer
GET       /statements/<int:statement_id>/lines.csv [carrier]      driver officer
GET       /statements/<int:statement_id>/lines.csv [household]    farmer officer
GET       /statements/<int:statement_id>/lines.csv [platform]     officer

POST      /payments/notices/<str:provider>                  nobody
"""  # a provider's signature opens the last one, and no role does


# These exist in demo mode alone, where everyone may be anyone.
DEMO: Final = """
GET       /demo/                                            everyone
POST      /demo/sign-in/<int:person_id>/                    everyone
POST      /demo/viewers/                                    everyone
POST      /api/v1/demo/tokens/<person_id>                   everyone
POST      /api/v1/demo/cast                                 everyone
POST      /api/v1/demo/company                              everyone
"""
