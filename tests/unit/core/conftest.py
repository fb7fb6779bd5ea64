"""What the tests of the core share: builders whose assertions explain themselves."""

import pytest

pytest.register_assert_rewrite("tests.unit.core.yaml_mistakes")
