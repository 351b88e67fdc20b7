"""Exports of well-known tools: one file with a `Spec` for each tool, all in `registry`.

No other module asks which tool a file is from. `reading` makes a plain table of an export: the tool's columns under the tool's names, which of
them are which field, and a few columns more. What people choose for a column comes before what a spec says.

What the parts of an item become, for all tools alike:

- title: what the tool shows first. id: the tool's key, such as `PORT-12`.
- state: the tool's word, as `Spec.states` has it, else by a column that only finished or begun items fill. The word itself always stays on the card.
- owner: the assignee is the IT partner, because an assignee is not a business sponsor. A column such as Business owner is the sponsor.
- parent: the field Parent, with the title of the parent and its key. A parent that is in the file is a card too.
- estimate: the field Estimate, with its unit: points, hours, days or weeks. In time, and beside a team, it is the team's effort too.
- links: what an item is blocked by, or depends on, are the cards it needs. Links out of the file stay as a field.
- sub-tasks under a parent in the file, and cancelled items, are not cards: the first are counted on the parent. Keeping the column that says so
  (`--column keep=NAME`) brings them back.
- noise: the report names the columns that only the tool itself uses, and the cards lack. All others stay on the card as fields.

May import `imports.formats`, `portfolio`.
"""
