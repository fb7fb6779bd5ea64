"""All samples live at the same time in one local AWS, because most of a deployment is waiting."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.e2e.clients.terminal import Terminal, local_up
from tests.e2e.samples.life import Life, live
from tests.e2e.samples.sample import APPLICATIONS, Sample
from tests.e2e.samples.uses import USES

_AT_ONCE = 3


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Future[Life]]]:
    """The life of each sample, by name."""
    folder = Path(tmp_path_factory.mktemp("samples"))
    shutil.copytree(APPLICATIONS, folder, dirs_exist_ok=True)
    with local_up("--delay", "0.3", "--minute", "0.1") as exported, ThreadPoolExecutor(_AT_ONCE) as pool:
        samples = [Sample(name, Terminal(folder / name, exported)) for name in USES]
        _make_the_bucket_for_code(samples[0])
        yield {sample.name: pool.submit(live, sample, USES[sample.name][0]) for sample in samples}


def _make_the_bucket_for_code(sample: Sample) -> None:
    """The SAM CLI makes one for an account, which several at once must not do."""
    sample.terminal.run("sam", "package", "--resolve-s3", "--output-template-file", "packaged.yaml")


@pytest.fixture
def life(lives: Mapping[str, Future[Life]], name: str) -> Life:
    return lives[name].result()
