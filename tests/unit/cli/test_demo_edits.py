"""The changes of the demo's story, on the sample application as it is."""

from __future__ import annotations

import pytest
import yaml
from fitness import catalogue

from workbench.demo import edits
from workbench.render import ROOT

TEMPLATE = (ROOT / "template.yaml").read_text()


class Loader(yaml.SafeLoader):
    """Reads CloudFormation's tags as plain values."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: f"{suffix} {node.value}")


def resources(template: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = yaml.load(template, Loader)["Resources"]  # noqa: S506 - a SafeLoader
    return found


def changed(before: str, after: str) -> set[str]:
    then, now = resources(before), resources(after)
    return {name for name in then.keys() | now.keys() if then.get(name) != now.get(name)}


def test_the_improvement_changes_one_bucket() -> None:
    assert changed(TEMPLATE, edits.protect_a_bucket(TEMPLATE)) == {"UnencryptedBucket"}


def test_the_treachery_opens_one_bucket() -> None:
    after = edits.publish_a_bucket(TEMPLATE)
    assert changed(TEMPLATE, after) == {"EncryptedBucket", "EncryptedBucketPolicy"}
    block = resources(after)["EncryptedBucket"]["Properties"]["PublicAccessBlockConfiguration"]  # type: ignore[index]
    assert set(block.values()) == {False}


def test_the_disguise_adds_ten_buckets_with_their_policies() -> None:
    added = changed(TEMPLATE, edits.add_good_buckets(TEMPLATE))
    assert sum(name.endswith("Policy") for name in added) == sum(not name.endswith("Policy") for name in added) == 10


def test_the_code_changes_in_one_line() -> None:
    code = (ROOT / "src/first.py").read_text()
    lines = edits.diff(code, edits.stamp(code, "seconds"), "src/first.py")
    assert lines[0] == "src/first.py:"
    assert [line[0] for line in lines[1:] if line[0] in "+-"] == ["-", "+"]


def test_the_local_gate_settles_soon() -> None:
    assert catalogue.load(edits.settle_soon((ROOT / "rules.yaml").read_text())).gate.settle == 1


@pytest.mark.parametrize("edit", [edits.protect_a_bucket, edits.publish_a_bucket, edits.add_good_buckets])
def test_another_application_is_not_edited_blindly(edit: edits.Edit) -> None:
    with pytest.raises(edits.CannotEdit, match="the demo needs the sample as it came"):
        edit("Resources:\n  Other:\n    Type: AWS::S3::Bucket\n")
