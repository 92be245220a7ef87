"""What an activity is called in every language served, folded, so that a word finds it whoever typed the event."""

from collections.abc import Mapping
from functools import lru_cache

from events import vocabulary
from events.folding import fold
from events.labels import label
from web.i18n import Language


def activity_labels(languages: Mapping[str, Language]) -> Mapping[str, tuple[str, ...]]:
    """Activity key -> its folded labels."""
    return _labels(tuple(languages.values()))


@lru_cache(maxsize=4)
def _labels(languages: tuple[Language, ...]) -> Mapping[str, tuple[str, ...]]:
    return {
        key: tuple(fold(label(language, "activity", key)) for language in languages) for key in vocabulary.ACTIVITIES
    }
