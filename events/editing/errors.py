"""The errors of refused changes, each with a code that a page has a sentence for. Pure."""

from typing import Final

CODES: Final = (
    "changed_meanwhile",
    "dates_not_moved_together",
    "end_before_start",
    "new_event_touched",
    "no_such_date",
    "no_such_event",
    "not_undoable",
    "only_published",
    "reason_unknown",
    "skipped_hour",
    "too_long",
    "proposal_gone",
    "too_large",
    "too_many_drafts",
    "organisation_suspended",
    "token_used",
    "image_gone",
)


class EditRefused(ValueError):  # noqa: N818 - it reads as a sentence
    """A change that was refused, so that nothing was changed. `code` is one of CODES, `fields` what it is about."""

    def __init__(self, code: str, *fields: str) -> None:
        self.code = code
        self.fields = fields
        super().__init__(code, *fields)
