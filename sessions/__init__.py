"""What a prioritization session is and does: no screen, no terminal, no clock or randomness of its own.

Public names live in the modules: `portfolio` (what is brought into the room), `record` (what is written down for good), `state`, `commands`,
`live` (the one door), `voting`, `replay`, `summary`. Every package may import the modules of this folder: `errors`, `sanitize`, `wording`.
"""

__version__ = "0.1.0"
