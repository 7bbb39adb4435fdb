"""The library file; the only package that imports SQLAlchemy."""

from dangjian_desktop.storage import unasked

__all__ = ["unasked"]
