"""What people take away: the one-page Markdown summary and the exports a spreadsheet or a script can read."""
