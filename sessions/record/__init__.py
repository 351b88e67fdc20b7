"""What is written down for good: events, the journal they are appended to, the library of journals, the urn of sealed ballots."""
