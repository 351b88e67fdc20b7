"""Commands between a session and the one before it in its series: outcomes, cards that left, deliveries, adoption, sponsors.

May import `commands`, `deciding`, `portfolio`, `quarters`, `record`, `state`.
"""
