"""The reasons that the city's staff choose from, in their own words. Letters say them in the reader's."""

from web.i18n import Language

Options = list[tuple[str, str]]


def return_reasons(language: Language) -> Options:
    """Why an application is sent back."""
    _ = language.gettext
    return [
        ("incomplete", _("Something important is missing")),
        ("known_already", _("It is in the calendar already")),
        ("not_suitable", _("Not an association or group that invites everybody")),
        ("other", _("Another reason, in your own words")),
    ]


def event_return_reasons(language: Language) -> Options:
    """Why an event is sent back."""
    _ = language.gettext
    return [
        ("price", _("The price is missing")),
        ("language", _("The language is missing")),
        ("contact", _("A way to ask is missing")),
        ("place", _("The place is not clear")),
        ("unclear", _("The text is not clear")),
        ("duplicate", _("It is in the calendar already")),
        ("not_open", _("Not open to everybody")),
        ("other", _("Another reason, in your own words")),
    ]


def suspension_reasons(language: Language) -> Options:
    """Why an organisation is suspended."""
    _ = language.gettext
    return [
        ("spam", _("Advertising")),
        ("unlawful", _("Unlawful, or against the rules of the calendar")),
        ("unreachable", _("Nobody can be reached")),
        ("own_wish", _("Its own wish")),
        ("other", _("Another reason, in your own words")),
    ]


def withdrawal_reasons(language: Language) -> Options:
    """Why an event is taken off at once."""
    _ = language.gettext
    return [
        ("spam", _("Advertising")),
        ("unlawful", _("Unlawful, or against the rules of the calendar")),
        ("personal", _("Somebody’s personal data")),
        ("duplicate", _("It is in the calendar already")),
        ("other", _("Another reason, in your own words")),
    ]


def message_kinds(language: Language) -> Options:
    """What a message is about."""
    _ = language.gettext
    return [
        ("feedback", _("Question or opinion")),
        ("accessibility", _("Accessibility")),
        ("word", _("Wrong word")),
        ("event", _("Event reported")),
    ]


def report_reasons(language: Language) -> Options:
    """What a reader says of an event."""
    _ = language.gettext
    return [
        ("wrong_time", _("Wrong time or place")),
        ("not_on", _("Does not take place")),
        ("wrong_facts", _("Something else is not right")),
        ("personal", _("Somebody’s personal data")),
        ("unlawful", _("Insulting or unlawful")),
        ("spam", _("Advertising")),
        ("other", _("Something else")),
    ]


def states(language: Language) -> Options:
    """How an organisation stands."""
    _ = language.gettext
    return [
        ("pending", _("Waits for approval")),
        ("returned", _("Sent back")),
        ("approved", _("Approved")),
        ("suspended", _("Suspended")),
    ]
