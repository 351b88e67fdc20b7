"""What scripts and spreadsheets read: a session as JSON or CSV, and the rows of a plan.

May import `deciding`, `imports`, `portfolio`, `quarters`, `record`, `rounds`, `sequencing`, `state`, `summary`.
"""
