"""The monthly report of an office: what was published, and how often it was viewed.

The model is made once (`make_recap`); each form of it is a module of its own. What goes to
others (page, workbook, Markdown) is in Indonesian whatever the user's language: it is the
office's report, not a message of the program.
"""

from kpucli.recap.model import Count, Figures, Item, Recap, Week, make_recap
from kpucli.recap.month import Month, read_month

__all__ = ["Count", "Figures", "Item", "Month", "Recap", "Week", "make_recap", "read_month"]
