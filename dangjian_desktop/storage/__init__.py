"""The library file; the only package that imports SQLAlchemy."""
