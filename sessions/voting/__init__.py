"""How voters become an order: pure functions over ballots, never over the record. May import no other package."""
