"""Places at the city's desk: searched before one is made, changed, checked, merged."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from events.city import places, places_asked_again
from events.domain import vocabulary
from events.domain.labels import access_answers, access_name, label
from organisations.city.responses import asked_words, moment_in_words, show_city, to_city
from organisations.desk.responses import number
from organisations.desk_context import DeskContext, desk_context_of
from web.cleaning import as_code
from web.form_body import read_form
from web.forms import Form, Reading
from web.i18n import Language

LIMITS: Final[Mapping[str, int]] = {"name": 160, "street_address": 200, "postal_code": 16, "city": 80}
NOT_KNOWN: Final = "unknown"
"""What a form sends that says so; one that sends nothing has not answered."""
BOUNDS: Final[Mapping[str, tuple[float, float]]] = {"latitude": (-90, 90), "longitude": (-180, 180)}


async def show_places(request: Request) -> Response:
    """`/{lang}/city/places?q=…`: those found; a new one is offered only to who has searched."""
    desk = desk_context_of(request)
    language, words = desk.language, asked_words(desk)
    return show_city(
        desk,
        "city/places.html",
        language.gettext("Places"),
        "city/places",
        form=Form({"q": (words,)}),
        words=words,
        most=places.MOST_FOUND,
        found=await places.search(words),
        asked_again=await places_asked_again.waiting(),
        areas=dict(_areas(language)),
    )


async def show_new_place(request: Request) -> Response:
    """`/{lang}/city/places/new?q=…`: a place that was searched for and not found."""
    desk = desk_context_of(request)
    city = desk.site.settings.city_name
    return await _page(desk, Form({"name": (asked_words(desk),), "city": (city,)}))


async def make_place(request: Request) -> Response:
    """`POST /{lang}/city/places/new`: made, unless there is one of that name already."""
    return await _save(desk_context_of(request), await read_form(request), 0)


async def show_place(request: Request) -> Response:
    """`/{lang}/city/places/{place}`: one place, to be changed."""
    desk = desk_context_of(request)
    known = await _found(desk)
    return await _page(desk, _filled(known), known)


async def save_place(request: Request) -> Response:
    """`POST /{lang}/city/places/{place}`: changed, and checked where that is ticked."""
    desk = desk_context_of(request)
    known = await _found(desk)
    return await _save(desk, await read_form(request), known["id"], known)


async def merge(request: Request) -> Response:
    """`POST …/merger`: merge into another place, which takes over all events."""
    desk = desk_context_of(request)
    language, known = desk.language, await _found(desk)
    reading = Reading(await read_form(request), language)
    into = number(reading.line("into", longest=10))
    done = await places.merge(known["id"], into, desk.visitor, now=desk.now)
    if not done:
        form = _filled(known).with_problem("into", language.gettext("Write the number of another place."))
        return await _page(desk, form, known, status=422)
    return to_city(desk, f"city/places/{into}", done="merged")


async def separate(request: Request) -> Response:
    """`POST …/separation`: undo the merge."""
    desk = desk_context_of(request)
    known = await _found(desk)
    done = await places.separate(known["id"], desk.visitor, now=desk.now)
    return to_city(desk, f"city/places/{known['id']}", done="separated" if done else "gone")


async def _save(desk: DeskContext, sent: Form, known_id: int, known: Mapping[str, Any] | None = None) -> Response:
    language = desk.language
    reading = Reading(sent, language)
    columns, answered = _read(reading, language)
    twins = await places.namesakes(columns["name"], but=known_id) if columns["name"] else []
    if twins and not reading.ticked("another"):
        reading.problem(
            "another", language.gettext("There is a place of this name. Use that one, or tick that this is another.")
        )
    verified = reading.ticked("verified")
    if reading.form.problems:
        return await _page(desk, reading.form, known, twins=twins, status=422)
    now = desk.now
    place_id = await places.save(known_id, columns, desk.visitor, answered=answered, verified=verified, now=now)
    return to_city(desk, f"city/places/{place_id}", done="verified" if verified else "saved")


def _read(reading: Reading, language: Language) -> tuple[dict[str, Any], frozenset[str]]:
    """(the columns, which questions about access were answered, be it with «not known»)."""
    missing = {"name": language.gettext("Write the name of the place.")}
    columns: dict[str, Any] = {
        name: reading.line(name, longest=limit, missing=missing.get(name, "")) for name, limit in LIMITS.items()
    }
    columns["area"] = reading.choice("area", vocabulary.AREAS)
    for name in BOUNDS:
        columns[name] = _degrees(reading, name, language)
    if (columns["latitude"] is None) != (columns["longitude"] is None):
        reading.problem("latitude", language.gettext("Give both coordinates, or none."))
    answers = {key: reading.choice(f"access.{key}", ("yes", "no", NOT_KNOWN)) for key in vocabulary.ACCESS}
    columns["access"] = {key: answer == "yes" for key, answer in answers.items() if answer in ("yes", "no")}
    return columns, frozenset(key for key, answer in answers.items() if answer)


def _degrees(reading: Reading, name: str, language: Language) -> float | None:
    text = as_code(reading.line(name, longest=20)).replace(",", ".").replace("٫", ".")
    if not text:
        return None
    low, high = BOUNDS[name]
    try:
        degrees = float(text)
    except ValueError:
        degrees = high + 1
    if not low <= degrees <= high:
        reading.problem(name, language.gettext("Write the degrees as a number, for example 60.868."))
        return None
    return degrees


def _filled(known: Mapping[str, Any]) -> Form:
    given = {name: (str(known[name] if known[name] is not None else ""),) for name in (*LIMITS, "area", *BOUNDS)}
    answers = {f"access.{key}": ("yes" if answer else "no",) for key, answer in known["access"].items()}
    return Form({**given, **answers})


def _access(language: Language, waiting: bool) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(field, what it is about, its answers) of each question about access; the answers are what is published.

    Where one is asked again, what it says before somebody has chosen is no answer.
    """
    _ = language.gettext
    found = []
    for key in vocabulary.ACCESS:
        asked = waiting and key == places_asked_again.ATTRIBUTE
        before = [("", _("Answer again"))] if asked else []
        not_known = (NOT_KNOWN if asked else "", _("Not known"))
        found.append(
            (f"access.{key}", access_name(language, key), [*before, not_known, *access_answers(language, key)])
        )
    return found


async def _page(
    desk: DeskContext,
    form: Form,
    known: Mapping[str, Any] | None = None,
    *,
    twins: list[places.Found] | None = None,
    status: int = 200,
) -> Response:
    language = desk.language
    path = f"city/places/{known['id']}" if known else "city/places/new"
    alike = await places.search(known["name"]) if known else []
    waiting = await places_asked_again.waits(known["id"]) if known else False
    return show_city(
        desk,
        "city/place.html",
        known["name"] if known else language.gettext("New place"),
        path,
        status=status,
        form=form,
        known=known,
        twins=twins or [],
        alike=[one for one in alike if known and one.id != known["id"] and one.twin is None],
        verified=moment_in_words(desk, known["verified"]) if known and known["verified"] else "",
        areas=[("", language.gettext("Not known")), *_areas(language)],
        access=_access(language, waiting),
        waiting=waiting,
        limits=LIMITS,
    )


async def _found(desk: DeskContext) -> Mapping[str, Any]:
    known = await places.place(number(desk.parameters["place"]))
    if known is None:
        raise HTTPException(404)
    return known


def _areas(language: Language) -> list[tuple[str, str]]:
    return [(key, label(language, "area", key)) for key in vocabulary.AREAS]
