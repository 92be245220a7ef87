"""The messages about a field that cannot be read, a change that was refused, and a picture that is not taken."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from events.editing.errors import EditRefused
from events.editing.input.fields import Problem
from events.schedule import errors as schedule_errors
from web.dates import write_date
from web.i18n import Language


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


FIELD_TEXTS: Final[Mapping[str, str]] = {
    "ages_swapped": _("The oldest age is lower than the youngest."),
    "amount_too_large": _("The price can be at most {maximum} €."),
    "category_missing": _("Choose what kind of activity this is."),
    "closes_after_hour": _("Sign-up must close before the start. Give an earlier time, or leave the time empty."),
    "closes_after_last_start": _("The last date is {start}. Sign-up must close by then."),
    "closes_after_start": _("It starts on {start}. Sign-up must close by then."),
    "date_missing": _("Give the date."),
    "day_over": _("Already over: {days}. Give a day that is today or later."),
    "day_over_in_series": _(
        "Already over: {days}. Days that are over cannot be added afterwards."
        " To change only what is to come, begin the edit from a coming date."
    ),
    "end_before_start": _("The end must be later than the start. Does it end on the next day? Give that date too."),
    "endless": _("Tell when the series ends: the last date, or how many times."),
    "image_alternative_missing": _("Say what the picture shows, or mark it as decoration."),
    "not_a_date": _("This is not a date. Write for example 24.12.2026."),
    "not_a_date_in_list": _("This is not a date: {text}. Write for example 24.12.2026."),
    "not_a_link": _("This is not a web address. It begins with https://."),
    "not_a_number": _("Write a number."),
    "not_a_phone": _("This is not a telephone number."),
    "not_among_dates": _("Not one of the dates: {days}. The nearest that is: {nearest}."),
    "not_a_time": _("This is not a time. Write for example 18.30."),
    "not_an_amount": _("Write the price as a number, for example 5 or 5.50."),
    "not_an_email": _("This is not an e-mail address. Write one, for example name@example.org."),
    "number_out_of_range": _("Write a number from {low} to {high}."),
    "online_url_missing": _("Give the address at which people take part."),
    "place_name_missing": _("Give the name of the place."),
    "registration_way_missing": _("Tell how to sign up: a web address, an e-mail address or a telephone number."),
    "skipped_hour": _("The clocks go forward that night, and there is no such time. Choose another."),
    "text_too_long": _("This text is too long: {length} characters. At most {maximum} fit."),
    "time_missing": _("Give the time at which it starts."),
    "title_missing": _("Give the event a name."),
    "unknown_choice": _("Choose one from the list."),
    "where_missing": _("Tell where it takes place: a place, or online."),
    "year": _("The year must be from {first} to {last}."),
}

REFUSAL_TEXTS: Final[Mapping[str, str]] = {
    "changed_meanwhile": _("This cannot be undone any more: something has changed since."),
    "dates_not_moved_together": _(
        "These dates cannot be moved together. Change them one at a time, or edit the series."
    ),
    "end_before_start": _("The end must be later than the start."),
    "image_gone": _("The picture is not there any more."),
    "new_event_touched": _("This cannot be undone any more: the new event has been changed."),
    "no_such_date": _("The event does not take place on that date."),
    "no_such_event": _("There is no such event."),
    "not_undoable": _("This cannot be undone."),
    "only_published": _("This event is not public any more."),
    "organisation_suspended": _("The organisation cannot publish at the moment. Ask the city."),
    "proposal_gone": _("This draft is not there any more. It may have been published or deleted."),
    "reason_unknown": _("Choose a reason from the list."),
    "skipped_hour": _("The clocks go forward that night, and there is no such time. Choose another."),
    "token_used": _("This link has been used or is too old."),
    "too_large": _("This is too much text to save. Shorten it."),
    "too_long": _("One date can last at most a month."),
    "too_many_drafts": _("There are too many drafts. Delete or publish some first."),
}

IMAGE_TEXTS: Final[Mapping[str, str]] = {
    "damaged": _("The picture is damaged. Save it again and retry."),
    "empty": _("Choose a picture first."),
    "moving": _("Moving pictures cannot be used. Choose a still one."),
    "not_an_image": _("Choose a JPEG, PNG or WebP picture."),
    "too_large": _("The picture is larger than 5 megabytes. Make it smaller first."),
    "too_long": _("The picture is too narrow. Choose one that is less long."),
    "too_many_pixels": _("The picture has too many pixels. Make it smaller first."),
    "too_small": _("The picture is too small."),
}

BREAK_TEXTS: Final[Mapping[str, str]] = {
    "autumn break": _("Autumn break of the schools"),
    "Christmas break": _("Christmas break of the schools"),
    "winter break": _("Winter break of the schools"),
}


def field_text(problem: Problem, language: Language) -> str:
    """The sentence about one field, in the reader's language."""
    known = FIELD_TEXTS.get(problem.code)
    message = known or schedule_errors.Problem[problem.code.upper()].value
    values = {name: _worded(value, language) for name, value in problem.values.items()}
    return language.gettext(message).format(**values)


def _worded(value: object, language: Language) -> object:
    """A day, or several, as the reader writes them, always with the year; anything else as it is."""
    if isinstance(value, date):
        return write_date(value, "day and year", language)
    if isinstance(value, tuple):
        return language.pgettext("list", ", ").join(str(_worded(one, language)) for one in value)
    return value


def refusal_text(refused: EditRefused, language: Language) -> str:
    """The sentence about what was not done."""
    return language.gettext(REFUSAL_TEXTS[refused.code])


def image_text(code: str, language: Language) -> str:
    """The sentence about a picture that was not taken."""
    return language.gettext(IMAGE_TEXTS[code])


def break_text(key: str, language: Language) -> str:
    """The name of a school break."""
    return language.gettext(BREAK_TEXTS[key])
