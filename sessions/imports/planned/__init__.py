"""What a plan needs of a table: efforts by team, what cards depend on, deadlines. May import `imports.formats`, `portfolio`."""
