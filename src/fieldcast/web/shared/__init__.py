"""The ground floor of the pages: what more than one face needs, said once. A face is a neighbour of every other and
imports none of them; what two of them need stands here. It knows no address of its own and draws no page.
"""
