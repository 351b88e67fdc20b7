"""From the plan to decisions: the plan of a session, proposals, sentences, sponsors, overrides.

May import `portfolio`, `record`, `sequencing`, `state`.
"""
