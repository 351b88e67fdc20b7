"""What is recorded: the events by subject, their codec, and the hash chain. May import `portfolio`."""
