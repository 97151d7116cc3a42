"""How properties are tried here: the same cases at every run, without a clock, leaving no files behind."""

from hypothesis import settings

settings.register_profile("measures", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("measures")
