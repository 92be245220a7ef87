"""The words that facts are chosen from: keys, their YSO concepts and their order.

Labels live in the catalogues under the facet's name as context, so that a key is translated once and a
new language is a new file. A key is never renamed or deleted: it stands in subscribed addresses. A retired
one moves to `ALIASES`. YSO addresses are `YSO + id` (General Finnish Ontology, National Library of Finland).

Longer than most files on purpose: whoever looks for a key, or adds one, finds all of them in one place.
"""

from typing import Final, NamedTuple

YSO: Final = "http://www.yso.fi/onto/yso/"


class Activity(NamedTuple):
    """One thing people do together: its category and, where there is one, its YSO concept."""

    category: str
    yso: str | None


class Spoken(NamedTuple):
    """One language that people speak or sign: its name in itself and its direction of writing."""

    own_name: str
    direction: str


KINDS: Final = ("event", "hobby", "volunteering")

CATEGORIES: Final[dict[str, str]] = {
    "language": "p24061",
    "friends": "p26028",
    "peer": "p12878",
    "support": "p3577",
    "volunteer": "p3050",
    "encounters": "p11091",
    "music": "p1808",
    "stage": "p2625",
    "visual": "p2739",
    "film": "p1235",
    "books": "p8113",
    "crafts": "p485",
    "sport": "p916",
    "outdoors": "p2771",
    "food": "p3670",
    "games": "p6062",
    "digital": "p37943",
    "talks": "p15875",
    "wellbeing": "p22036",
    "play": "p316",
    "fest": "p1574",
}

ACTIVITIES: Final[dict[str, Activity]] = {
    "language_cafe": Activity("language", None),
    "finnish": Activity("language", "p8856"),
    "conversation": Activity("language", "p14004"),
    "friendship_cafe": Activity("friends", "p26028"),
    "meeting_people": Activity("friends", "p5522"),
    "peer_group": Activity("peer", "p12877"),
    "peer_activity": Activity("peer", "p27499"),
    "support_person": Activity("support", "p3577"),
    "volunteering": Activity("volunteer", "p3050"),
    "working_bee": Activity("volunteer", "p6904"),
    "multicultural": Activity("encounters", "p10647"),
    "international": Activity("encounters", "p3868"),
    "integration": Activity("encounters", "p24074"),
    "taking_part": Activity("encounters", "p5164"),
    "concert": Activity("music", "p11185"),
    "singing": Activity("music", "p15198"),
    "choir": Activity("music", "p27481"),
    "theatre": Activity("stage", "p2625"),
    "dance": Activity("stage", "p1278"),
    "art": Activity("visual", "p2739"),
    "photography": Activity("visual", "p1979"),
    "exhibition": Activity("visual", "p5121"),
    "museum": Activity("visual", "p4934"),
    "film": Activity("film", "p1235"),
    "word_art": Activity("books", "p7969"),
    "reading": Activity("books", "p11406"),
    "hand_skills": Activity("crafts", "p8630"),
    "crafts": Activity("crafts", "p8631"),
    "knitting": Activity("crafts", "p10066"),
    "sewing": Activity("crafts", "p3910"),
    "sports": Activity("sport", "p965"),
    "exercise": Activity("sport", "p916"),
    "adapted_exercise": Activity("sport", "p3093"),
    "yoga": Activity("sport", "p3111"),
    "swimming": Activity("sport", "p4330"),
    "skating": Activity("sport", "p1245"),
    "skiing": Activity("sport", "p11094"),
    "football": Activity("sport", "p6409"),
    "floorball": Activity("sport", "p16555"),
    "walking": Activity("sport", "p3706"),
    "nature": Activity("outdoors", "p13084"),
    "trips": Activity("outdoors", "p25261"),
    "hiking": Activity("outdoors", "p1103"),
    "gardening": Activity("outdoors", "p16648"),
    "animals": Activity("outdoors", "p2023"),
    "cooking": Activity("food", "p2846"),
    "food_culture": Activity("food", "p5529"),
    "baking": Activity("food", "p4865"),
    "board_games": Activity("games", "p2758"),
    "chess": Activity("games", "p2757"),
    "bingo": Activity("games", "p20345"),
    "quiz": Activity("games", "p14023"),
    "digital_help": Activity("digital", "p37943"),
    "lecture": Activity("talks", "p15875"),
    "course": Activity("talks", "p9270"),
    "workshop": Activity("talks", "p19245"),
    "guidance": Activity("talks", "p2149"),
    "wellbeing": Activity("wellbeing", "p22036"),
    "family_cafe": Activity("play", None),
    "play": Activity("play", "p316"),
    "club": Activity("play", "p7642"),
    "camp": Activity("play", "p143"),
    "festivities": Activity("fest", "p1574"),
    "festival": Activity("fest", "p1304"),
    "market": Activity("fest", "p9376"),
    "flea_market": Activity("fest", "p9375"),
    "fair": Activity("fest", "p4892"),
    "christmas": Activity("fest", "p419"),
    "midsummer": Activity("fest", "p5321"),
}

AUDIENCES: Final[dict[str, str | None]] = {
    "all": None,
    "children": "p4354",
    "families": "p13050",
    "youth": "p11617",
    "adults": "p5590",
    "older": "p2433",
    "women": "p16991",
    "men": "p8173",
    "babies": "p15937",
    "baby_families": "p20513",
    "school_age": "p6914",
    "newcomers": "p6165",
    "refugees": "p6458",
    "disabled": "p7179",
    "learning_disabled": "p10060",
    "hearing_impaired": "p4106",
    "sign_language_users": "p15600",
    "unemployed": "p7708",
    "job_seekers": "p9607",
    "students": "p16486",
    "roma": "p3230",
    "mental_health": "p12297",
    "associations": "p1393",
    "tourists": "p16596",
    "women_only": "p16991",
}
SENSITIVE_CATEGORIES: Final = frozenset({"peer", "support"})
SENSITIVE_ACTIVITIES: Final = frozenset({"peer_group", "peer_activity", "support_person"})

ACCESS: Final[dict[str, str | None]] = {
    "step_free": "p16241",
    "toilet": None,
    "parking": None,
    "rollator": None,
    "loop": "p37821",
    "captions": None,
    "quiet": None,
    "assistant_free": None,
    "guide_dog": None,
    "childcare": "p5515",
    "pram": None,
}
ALONE: Final = "alone"
"""Filtered like an access attribute; told as the first of the first-time facts."""

AREAS: Final[dict[str, str]] = {
    "centre": "p94225",
    "kuusankoski": "p94241",
    "valkeala": "p94470",
    "elimaki": "p105267",
    "koria": "p153011",
    "anjalankoski": "p94090",
    "inkeroinen": "p203497",
    "myllykoski": "p193782",
    "jaala": "p94162",
}

PROMISES: Final = ("main", "helper", "interpreter", "practise")
UNDERSTOOD: Final = ("main", "helper", "interpreter")
"""The promises that `in_language` alone means: somebody there will understand you."""
NO_LANGUAGE: Final = "zxx"
"""No shared language needed (ISO 639-2 «no linguistic content»)."""

LANGUAGES: Final[dict[str, Spoken]] = {
    "fi": Spoken("suomi", "ltr"),
    "fi-simple": Spoken("selkosuomi", "ltr"),
    "sv": Spoken("svenska", "ltr"),
    "en": Spoken("English", "ltr"),
    "ru": Spoken("русский", "ltr"),
    "uk": Spoken("українська", "ltr"),
    "ar": Spoken("العربية", "rtl"),
    "et": Spoken("eesti", "ltr"),
    "fa": Spoken("فارسی", "rtl"),
    "fa-AF": Spoken("دری", "rtl"),
    "ckb": Spoken("کوردی (سۆرانی)", "rtl"),
    "ku": Spoken("kurdî (kurmancî)", "ltr"),
    "so": Spoken("Soomaali", "ltr"),
    "ti": Spoken("ትግርኛ", "ltr"),
    "ps": Spoken("پښتو", "rtl"),
    "tr": Spoken("Türkçe", "ltr"),
    "th": Spoken("ไทย", "ltr"),
    "vi": Spoken("Tiếng Việt", "ltr"),
    "my": Spoken("မြန်မာ", "ltr"),
    "zh-Hans": Spoken("中文 (简体)", "ltr"),
    "sq": Spoken("shqip", "ltr"),
    "pl": Spoken("polski", "ltr"),
    "es": Spoken("español", "ltr"),
    "fr": Spoken("français", "ltr"),
    "de": Spoken("Deutsch", "ltr"),
    "se": Spoken("davvisámegiella", "ltr"),
    "rmf": Spoken("Kaalo", "ltr"),
    "fse": Spoken("suomalainen viittomakieli", "ltr"),
    "fss": Spoken("finlandssvenskt teckenspråk", "ltr"),
}

STATUSES: Final = ("scheduled", "tentative", "postponed", "cancelled")
"""From lenient to strict: a date's effective status is the later one of the event's and its own."""
NOT_TAKING_PLACE: Final = frozenset({"postponed", "cancelled"})
TITLE_PREFIXES: Final = ("cancelled", "postponed", "moved", "full", "tentative")
"""What a calendar program shows before a title, since it may show nothing else."""
REASONS: Final = ("illness", "weather", "venue", "too_few", "other")

PRICES: Final = ("free", "paid", "unknown")
PRICE_UNITS: Final = ("person", "family", "time", "season")
PRICE_GROUPS: Final = ("all", "child", "student", "unemployed", "pensioner")
REGISTRATIONS: Final = ("none", "required", "unknown")

FIRST_TIME: Final[dict[str, tuple[str, ...]]] = {
    "alone": ("yes", "no"),
    "met_by": ("door", "inside", "nobody"),
    "door": ("main", "side", "yard", "bell"),
    "bring": ("nothing", "indoor_shoes", "sports_clothes", "swimwear", "own_food"),
    "equipment": ("lent", "own"),
    "children": ("welcome", "own_activity", "not"),
    "food": ("none", "coffee", "meal"),
    "diet": ("vegetarian", "halal", "no_pork"),
    "alcohol_free": ("yes", "no"),
    "photos": ("none", "asked", "taken"),
    "late": ("yes", "no"),
}
"""«First time here?»: each fact from its list, or not told. The nearest stop is a name, beside these."""

ORGANISATION_KINDS: Final = ("association", "group", "parish", "city", "other")

PRESETS: Final = ("today", "tomorrow", "week", "weekend", "next-week", "month")
"""The values of `when`."""

ALIASES: Final[dict[tuple[str, str], str]] = {
    ("language", "selko"): "fi-simple",
    ("in_language", "selko"): "fi-simple",
    ("translation", "selko"): "fi-simple",
    ("language", "zh_hans"): "zh-Hans",
    ("in_language", "zh_hans"): "zh-Hans",
    ("translation", "zh_hans"): "zh-Hans",
}
"""(parameter, retired or foreign value) -> the value that took its place."""


def stricter(one: str, other: str) -> str:
    """The stricter of two statuses; a date's effective status is this of the event's and its own."""
    return max(one, other, key=STATUSES.index)
