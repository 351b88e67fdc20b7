"""The port of a store, and a store in memory. May import `live`, `record`."""
