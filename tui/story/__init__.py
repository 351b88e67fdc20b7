"""The story of a card: its life over the quarters of its series. May import `cards`, `host`, `stages`, `widgets`."""
