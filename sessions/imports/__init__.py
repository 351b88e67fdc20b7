"""Readers for every file that people bring: portfolios, people, ballots, workbooks. May import `portfolio`."""
