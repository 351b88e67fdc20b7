"""Ballot files: CSV, JSON and PrefLib. May import `imports`, `portfolio`, `voting`."""
