"""The stages that run in a process of their own: `python -m benchmarks.stages NAME` prints its clock.

The arguments stand in BENCHMARK_ARGUMENTS as a JSON list, because a URL may hold a password. A stage imports only what
it needs, so that its memory is its own.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

STAGES = {
    "floor": "floor.copy_in_one",
    "floor_batched": "floor.copy_in_batches",
    "merge": "prepared.merge_batches",
    "pandas": "rivals.pandas_to_sql",
    "orm": "rivals.orm_add_all",
    "dlt": "rivals.dlt_merge",
}

if __name__ == "__main__":
    module, _, function = STAGES[sys.argv[1]].partition(".")
    stage = getattr(importlib.import_module(f"benchmarks.{module}"), function)
    print(stage(*json.loads(os.environ["BENCHMARK_ARGUMENTS"])).report())
