"""What all tests share: property tests without a clock, because the machine may be busy, and programs they need."""

import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("fitness", deadline=None, max_examples=60)
settings.load_profile("fitness")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leaves out what needs a program that is not there; continuous integration installs all and leaves out nothing."""
    for mark in item.iter_markers("needs"):
        program = mark.args[0]
        if shutil.which(program) is None and "CI" not in os.environ:
            pytest.skip(f"{program} is not on the PATH; `.ci/run` installs it")
