"""The public routes of legal pages and feedback."""

from starlette.requests import Request
from starlette.routing import Route

from organisations import feedback_pages, legal_pages
from organisations.permissions import Permission, guarded
from web.cache.response_cache import Key, cached


def of_path(request: Request) -> Key | None:
    """The cache key of a page that depends on its path alone."""
    return (request.url.path,)


routes = [
    Route("/{lang}/about", cached(legal_pages.show_about, of_path)),
    Route("/{lang}/accessibility", cached(legal_pages.show_accessibility_statement, of_path)),
    Route("/{lang}/privacy", cached(legal_pages.show_privacy_notice, of_path)),
    Route("/{lang}/feedback/thanks", cached(feedback_pages.thank_for_feedback, of_path)),
    Route("/{lang}/feedback", feedback_pages.show_feedback_form),
    guarded("/{lang}/feedback", feedback_pages.receive_feedback, Permission.ANYBODY, method="POST"),
]
