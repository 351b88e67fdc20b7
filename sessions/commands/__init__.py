"""What people ask of a session, one module per subject: each command is a value, its handler returns events or raises SessionError.

May import `deciding`, `imports`, `portfolio`, `record`, `rounds`, `sequencing`, `state`, `voting`.
"""
