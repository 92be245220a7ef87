"""The labels of activities in every language served, folded, so that a search in any of them finds the event."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from events.domain import vocabulary
from events.domain.folding import fold
from events.domain.labels import label
from web.i18n import Language


def activity_labels(languages: Mapping[str, Language]) -> Mapping[str, tuple[str, ...]]:
    """Activity key -> its folded labels."""
    return _labels(tuple(languages.values()))


def keys_by_label(languages: Mapping[str, Language]) -> Mapping[str, tuple[str, str]]:
    """Folded label -> («category» or «activity», key), for words that other programs have typed."""
    facets: Mapping[str, Iterable[str]] = {"category": vocabulary.CATEGORIES, "activity": vocabulary.ACTIVITIES}
    return {
        fold(label(language, facet, key)): (facet, key)
        for facet, keys in facets.items()
        for key in keys
        for language in languages.values()
    }


@lru_cache(maxsize=4)
def _labels(languages: tuple[Language, ...]) -> Mapping[str, tuple[str, ...]]:
    return {
        key: tuple(fold(label(language, "activity", key)) for language in languages) for key in vocabulary.ACTIVITIES
    }
