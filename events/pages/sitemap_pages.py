"""`/sitemap.xml`: every page worth finding, in every language that search engines know (sitemaps.org)."""

from datetime import datetime
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response

from events.filtering import event_queries
from organisations.queries import directory
from web.responses import fresh
from web.site import Site, site_of

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
PLAIN = ("", "events", "organisations", "about", "accessibility", "privacy", "feedback")
"""Pages that are always there."""


async def show(request: Request) -> Response:
    """The site map as XML."""
    site = site_of(request)
    paths: list[tuple[str, datetime | None]] = [(path, None) for path in PLAIN]
    paths += [(f"organisations/{organisation.slug}", None) for organisation in await directory()]
    paths += [
        (f"events/{public_id}", modified)
        for public_id, modified in await event_queries.public_addresses(today=site.today())
    ]
    return fresh(_document(site, paths), "application/xml; charset=utf-8")


def _document(site: Site, paths: list[tuple[str, datetime | None]]) -> bytes:
    ElementTree.register_namespace("", NAMESPACE)
    ElementTree.register_namespace("xhtml", XHTML)
    root = ElementTree.Element(f"{{{NAMESPACE}}}urlset")
    languages = [language for language in site.languages.values() if "-" not in language.tag]
    for path, modified in paths:
        for language in languages:
            entry = ElementTree.SubElement(root, f"{{{NAMESPACE}}}url")
            address = f"{site.settings.base_url}/{language.code}/{path}"
            ElementTree.SubElement(entry, f"{{{NAMESPACE}}}loc").text = address
            if modified is not None:
                ElementTree.SubElement(entry, f"{{{NAMESPACE}}}lastmod").text = f"{modified:%Y-%m-%d}"
            for other in languages:
                href = f"{site.settings.base_url}/{other.code}/{path}"
                ElementTree.SubElement(entry, f"{{{XHTML}}}link", rel="alternate", hreflang=other.tag, href=href)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
