"""A caption within its network's limits, of whole sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpucli.caption.counting import count_hashtags
from kpucli.caption.networks import Network
from kpucli.caption.story import Story
from kpucli.config import CaptionConfig
from kpucli.errors import RefusedError
from kpucli.i18n import _
from kpucli.printable import group_thousands

_PAIRS = (("“", "”"), ("‘", "’"), ("(", ")"), ("[", "]"))


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption ready to be pasted; `characters` as its network counts, `limit` its limit."""

    network: Network
    text: str
    characters: int
    limit: int
    hashtags: int


def write_caption(story: Story, network: Network, config: CaptionConfig) -> Caption:
    """Title, lead, link and hashtags: as much as there is room for.

    Title and link come first, then the lead's first sentence, the hashtags, and the rest of the
    lead. Raises `RefusedError` where not even title and link fit.
    """
    draft = _Draft(
        story,
        network,
        most_sentences=config.sentences,
        limit=getattr(config.characters, network.key),
        most_hashtags=getattr(config.hashtags, network.key),
    )
    if not draft.fits((), 0):
        message = _(
            "Judul dan tautan terlalu panjang untuk {network}: lebih dari {limit} karakter."
        )
        raise RefusedError(
            message.format(network=network.name, limit=group_thousands(draft.limit)),
            _("Pendekkan judulnya."),
        )
    leads = draft.choose_lead()
    count = draft.count_fitting_hashtags(leads[0] if leads else ())
    fitting = [sentences for sentences in leads if draft.fits(sentences, count)]
    text = draft.write(max(fitting, key=len, default=()), count)
    return Caption(network, text, network.count(text), draft.limit, count_hashtags(text))


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is being fitted into a network's limits."""

    story: Story
    network: Network
    most_sentences: int
    limit: int
    most_hashtags: int

    def write(self, sentences: Sequence[str], hashtags: int) -> str:
        """The caption with these sentences and so many hashtags."""
        story, bold = self.story, self.network.bold
        title = f"{bold}{story.title}{bold}" if bold not in story.title else story.title
        if not self.network.has_links:
            link = f"Selengkapnya di {story.site} (tautan di bio)."
        elif self.network.is_short:
            link = story.link
        else:
            link = f"Selengkapnya: {story.link}"
        parts = (title, " ".join(sentences), link, " ".join(story.hashtags[:hashtags]))
        return "\n\n".join(filter(None, parts))

    def fits(self, sentences: Sequence[str], hashtags: int) -> bool:
        """Whether such a caption keeps to the limits; what the text itself tags is counted too."""
        text = self.write(sentences, hashtags)
        return self.network.count(text) <= self.limit and (
            not hashtags or count_hashtags(text) <= self.most_hashtags
        )

    def choose_lead(self) -> list[Sequence[str]]:
        """What may be said of the lead, the shortest first; of the summary where that fits better.

        Empty where not even a first sentence fits.
        """
        ways = [self.story.lead, self.story.summary]
        if self.network.is_short:
            ways.reverse()
        for hashtags in (1, 0):
            for sentences in ways:
                found = _find_beginnings(sentences, self.most_sentences)
                if found and self.fits(found[0], min(hashtags, self.most_hashtags)):
                    return found
        return []

    def count_fitting_hashtags(self, sentences: Sequence[str]) -> int:
        """How many hashtags fit beside these sentences."""
        counts = range(len(self.story.hashtags), 0, -1)
        return next((count for count in counts if self.fits(sentences, count)), 0)


def _find_beginnings(sentences: Sequence[str], most: int) -> list[Sequence[str]]:
    """Where a text may stop: at the end of a sentence, but not within a quotation or brackets."""
    counts = range(1, min(len(sentences), most) + 1)
    return [sentences[:count] for count in counts if _is_closed(sentences[:count], sentences)]


def _is_closed(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether nothing that is opened in a part is left open; in the whole it is the author's."""
    text = " ".join(part)
    return len(part) == len(whole) or (
        text.count('"') % 2 == 0
        and all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)
    )
