"""schema.org descriptions for search engines, as JSON-LD that is safe inside a script element."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kpucli.publish.encoding import COVER
from kpucli.publish.plan import Crumb
from kpucli.publish.share_image import ShareImage
from kpucli.publish.site import Entry, Illustration, Site
from kpucli.publish.theme import logo_path

_CONTEXT = "https://schema.org"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def describe_organization(site: Site) -> str:
    """The office (GovernmentOrganization)."""
    return _dump({"@context": _CONTEXT, **_organization(site)})


def describe_site(site: Site) -> str:
    """The site (WebSite)."""
    return _dump(
        {
            "@context": _CONTEXT,
            "@type": "WebSite",
            "@id": site.absolute("/#situs"),
            "url": site.absolute("/"),
            "name": site.config.name,
            "inLanguage": "id",
            "publisher": {"@id": site.absolute("/#kantor")},
        }
    )


def describe_article(entry: Entry, image: ShareImage, site: Site) -> str:
    """An article (NewsArticle), its image, view count and corrections."""
    address = site.absolute(entry.url)
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "@id": f"{address}#artikel",
        "mainEntityOfPage": address,
        "headline": entry.title,
        "description": entry.description,
        "inLanguage": "id",
        "image": {"@type": "ImageObject", "url": site.absolute(image.path)},
        "datePublished": entry.date.isoformat(),
        "dateModified": entry.updated.isoformat(),
        "author": {"@type": "Organization", "name": entry.author, "url": site.absolute("/")},
        "publisher": _organization(site),
        "articleSection": entry.category.label,
        "keywords": [tag.label for tag in entry.tags],
        "wordCount": entry.markup.words,
        "isAccessibleForFree": True,
    }
    if entry.illustration is not None:
        data["image"] = _describe_photo(entry.illustration, site.absolute(entry.url))
    if entry.views is not None:
        data["interactionStatistic"] = {
            "@type": "InteractionCounter",
            "interactionType": {"@type": "ReadAction"},
            "userInteractionCount": entry.views,
        }
    if entry.corrections:
        data["correction"] = [
            {
                "@type": "CorrectionComment",
                "text": correction.text,
                "datePublished": correction.date.isoformat(),
                "url": f"{address}#ralat",
            }
            for correction in entry.corrections
        ]
    return _dump(data)


def _describe_photo(shown: Illustration, folder: str) -> list[dict[str, Any]]:
    """The photograph's cover and itself as JPEG, which every search engine reads (ImageObject)."""
    photo = shown.photo
    said = {"caption": shown.caption or shown.alt, "creditText": shown.credit}
    words = {name: text for name, text in said.items() if text}
    width, version = list(photo.of_kind("jpg").items())[-1]
    height = photo.stored.height
    sizes = [(version, width, height)]
    if photo.cover is not None:
        sizes.insert(0, (photo.cover, *COVER))
    return [
        {
            "@type": "ImageObject",
            "url": folder + photo.address(version),
            "width": width,
            "height": height,
            **words,
        }
        for version, width, height in sizes
    ]


def describe_breadcrumb(crumbs: Sequence[Crumb], site: Site) -> str:
    """The way to a page (BreadcrumbList); the last step is the page itself, without a path."""
    steps = []
    for position, crumb in enumerate(crumbs, start=1):
        step = {"@type": "ListItem", "position": position, "name": crumb.label}
        steps.append(step | ({"item": site.absolute(crumb.path)} if crumb.path else {}))
    return _dump({"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": steps})


def _organization(site: Site) -> dict[str, Any]:
    config, contact = site.config, site.config.contact
    known = {
        "address": contact.address,
        "telephone": contact.phone,
        "email": contact.email,
        "sameAs": list(config.social.values()),
    }
    return {
        "@type": "GovernmentOrganization",
        "@id": site.absolute("/#kantor"),
        "name": config.long_name,
        "url": site.absolute("/"),
        "logo": {"@type": "ImageObject", "url": site.absolute(logo_path(config))},
        **{name: value for name, value in known.items() if value},
    }


def _dump(data: dict[str, Any]) -> str:
    text = _ENCODER.encode(data)
    # Neither `</script>` nor `<!--` can end or hide the element (HTML, 4.12.1.3).
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
