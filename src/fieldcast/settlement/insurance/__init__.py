"""Quality insurance: a policy, the claim files made under it, and what an insurer paid or refused.

The premium is a clause of an agreement (so much a pack, to the insurer). A claim stands on one decided refund; its file
holds the rows, the photos and a hash of the decision. What an insurer pays comes in against a bank slip, into the fund
that the policy names. What always holds: a refund is claimed once; a claim is paid or refused once.
"""
