"""What all tests share: property tests without a clock, because the machine may be busy."""

from hypothesis import settings

settings.register_profile("fitness", deadline=None, max_examples=60)
settings.load_profile("fitness")
