"""What the projector shows: one card, the vote count or the hands, in letters for the last row. May import `host`, `stages`, `widgets`."""
