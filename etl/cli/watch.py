"""newshouse watch: stays up, and loads what arrives."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.output import errors
from etl.cli.progress import LogFormat, logging_to_stderr
from etl.cli.reload import Config
from etl.cli.session import reconnect, warehouse
from etl.reload.config import find_config, read_config
from etl.resources import REFERENCE

if TYPE_CHECKING:
    from etl.reload.job import Reloaded


def watch(
    config: Config = None,
    host: Annotated[str, typer.Option(help="Where /healthz and /metrics are served.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="And at which port; 0: any free one.")] = 8090,
    log_format: Annotated[LogFormat, typer.Option(help="How stderr tells what happens.")] = LogFormat.TEXT,
) -> None:
    """Stay up: load new and changed files within seconds, and every input by its schedule.

    SIGTERM or Ctrl-C ends it once the batch at hand is written. Serves /healthz, and /metrics for Prometheus.
    """
    from etl.normalize.normalizer import Normalizer
    from etl.reload import alerts
    from etl.reload.server import serve
    from etl.reload.watching import Watch, stopped_by_signals

    settings = read_config(find_config(config))
    send = alerts.webhook(settings.alerts) if settings.alerts else None
    with warehouse():
        pass  # a database that is away or of another version is said at once, not waited for
    tell = _say if log_format is LogFormat.TEXT else lambda _: None
    watching = Watch(settings, reconnect, Normalizer.load(REFERENCE), send, tell)
    with (
        logging_to_stderr(log_format),
        stopped_by_signals(watching.stop),
        serve(host, port, watching.health, watching.metrics.text) as bound,
    ):
        inputs = f"{len(settings.inputs)} input{'s' * (len(settings.inputs) != 1)}"
        errors.print(f"watching {inputs}; http://{host}:{bound}/metrics", highlight=False, soft_wrap=True)
        watching.run()


def _say(one: Reloaded) -> None:
    """A line for what changed something; the log tells of failures."""
    counts = {name: count for name, count in asdict(one.result.outcomes).items() if count} if one.result else {}
    if counts.keys() - {"unchanged"}:
        said = ", ".join(f"{count} {name}" for name, count in counts.items())
        errors.print(f"{one.name}: {said}", highlight=False, soft_wrap=True)
