"""One file per way of asking the room, each with one `SPEC`.

To add a ballot type: name it in `record.choices` (`OrderMethod`, `CardMethod` or `QuestionMethod`), write a file of that name here
with its `SPEC`, add it to `registry`, and write its counterpart in `tui.voting.methods`.

May import `imports`, `portfolio`, `record`, `state`, `voting`.
"""
