"""A voting round as a session sees it: the ballot, the count, the reveal, the seals. May import `state`, `voting`, `deciding` and `record`."""
