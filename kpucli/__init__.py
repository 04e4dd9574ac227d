"""kpucli: the newsroom command line of an Indonesian election office."""

__version__ = "0.1.0"
