"""The load stage alone: batches normalised ahead of time, merged through the load job's own code."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from benchmarks.measure import Clock
from etl.database.connect import connect
from etl.database.link import Link
from etl.extract.files import read_files
from etl.extract.item import Carrier
from etl.load import run, staging, stories
from etl.load.batches import batches
from etl.load.closing import closing_run
from etl.load.encode import Encoder
from etl.load.job import Job
from etl.load.prepare import prepare_all
from etl.load.preparing import Preparing, Processes
from etl.load.rows import Stamp
from etl.load.settle import settle
from etl.load.workers import Setup
from etl.normalize.normalizer import Normalizer
from etl.resources import REFERENCE


def prepare_batches(corpus: Path, folder: Path) -> None:
    """Normalise the corpus on all cores: one pickle under `folder` for each batch of the load job."""
    shares = os.cpu_count() or 1
    with ProcessPoolExecutor(shares, get_context("spawn")) as pool:
        for done in [pool.submit(_prepare_share, corpus, folder, share, shares) for share in range(shares)]:
            done.result()


def merge_batches(url: str, folder: str) -> Clock:
    """Prepared batches to committed rows. Reading and encoding them is off the clock."""
    clock, now = Clock(), datetime.now(UTC)
    with connect(url, autocommit=True) as connection:
        stamp = Stamp(run.start_run(connection, "load", "benchmark", "benchmark", now), now)
        link = Link(connection, None, 0)
        with closing_run(link, stamp.run_id):
            staging.create(connection)
            setup = Setup(staging.column_types(connection), stamp)
            encoder = Encoder(setup.types, stamp)
            job = Job(link, Preparing(setup, Processes(), None), stamp)
            for path in sorted(Path(folder).glob("*.pickle")):
                prepared = pickle.loads(path.read_bytes())  # noqa: S301 - written by prepare_batches
                pairs = [(one.item, encoder.encode(one)) for one in prepared]
                with clock:
                    job.write(pairs, unchanged=0)
            with clock:  # what ends a job
                settle(link, None, stamp)
                stories.group(connection)
    return clock


def _prepare_share(corpus: Path, folder: Path, share: int, shares: int) -> None:
    """Each process reads all files, which is cheap and keeps memory flat, and normalises every so many-th batch."""
    normalizer, as_of = Normalizer.load(REFERENCE), datetime.now(UTC)
    for number, batch in enumerate(batches(read_files([corpus], Carrier()))):
        if number % shares == share:
            prepared = prepare_all(batch, normalizer, as_of)
            (folder / f"{number:06}.pickle").write_bytes(pickle.dumps(prepared, pickle.HIGHEST_PROTOCOL))
