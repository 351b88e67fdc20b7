"""Where a record is kept. May import `record`."""
