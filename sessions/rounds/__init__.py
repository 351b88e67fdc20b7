"""A voting round as a session sees it: the ballot, the count, the reveal, the seals.

May import `deciding`, `portfolio`, `record`, `sequencing`, `state`, `voting`.
"""
