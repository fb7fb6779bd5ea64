"""What pickle alone would refuse, or bring back otherwise than it was."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any
from weakref import WeakValueDictionary

from cryptography.hazmat.primitives.asymmetric import rsa
from moto.s3.models import FakeKey
from moto.s3.utils import _VersionedKeyStore

from workbench.local_aws.persistence import pickling


def brought_back(value: Any) -> Any:
    return pickling.loads(pickling.dumps(value))


def test_locks_come_back_free() -> None:
    lock, condition = threading.Lock(), threading.Condition()
    lock.acquire()
    assert brought_back([lock])[0].acquire(blocking=False)
    assert brought_back([condition])[0].acquire(blocking=False)


def test_events_come_back_as_they_were() -> None:
    happened = threading.Event()
    happened.set()
    assert [each.is_set() for each in brought_back([happened, threading.Event()])] == [True, False]


def test_the_factory_of_a_defaultdict_comes_back() -> None:
    assert brought_back(defaultdict(lambda: defaultdict(dict)))["a"]["b"] == {}


def test_a_weak_dictionary_keeps_what_others_hold() -> None:
    lock = threading.Thread(name="held")
    held = {"weak": WeakValueDictionary({"it": lock}), "strong": lock}
    back = brought_back(held)
    assert back["weak"]["it"] is back["strong"]


def test_a_private_key_signs_as_before() -> None:
    key = rsa.generate_private_key(65537, 2048)
    assert brought_back([key])[0].private_numbers() == key.private_numbers()


def test_objects_keep_their_content_and_their_versions() -> None:
    store = _VersionedKeyStore()
    for body in (b"first", b"second"):
        store["note"] = FakeKey("note", body, "123456789012", "eu-west-1")
    assert [key.value for key in brought_back(store).getlist("note")] == [b"first", b"second"]
