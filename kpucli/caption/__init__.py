"""Captions for the networks that an office posts its news on; nothing here posts anything."""

from kpucli.caption.clipboard import copy_text
from kpucli.caption.networks import NETWORKS, Network
from kpucli.caption.story import Story, make_story
from kpucli.caption.writing import Caption, write_caption

__all__ = [
    "NETWORKS",
    "Caption",
    "Network",
    "Story",
    "copy_text",
    "make_story",
    "write_caption",
]
