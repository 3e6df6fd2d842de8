"""The desk: what waits for whom, until when. Whatever somebody must answer in time stands here and nowhere else.

What always holds: one item for one matter; it belongs to a person or to a role of an organisation, and to somebody
else only once they have accepted it; its due date never moves; it is reminded of once and escalated once; how it came
where it is can be read step by step, and no step is ever changed.
"""
