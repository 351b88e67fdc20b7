"""Excel workbooks: a guard against zip bombs, then the rows of one sheet. May import `imports.formats`."""
