"""The measures of METHOD 6: of one session, of what the next one says about it, and over a series.

Pure over sessions. May import `quarters`, `rounds`, `deciding`, `sequencing`, `voting`, `portfolio`, `record`, `state`.
"""
