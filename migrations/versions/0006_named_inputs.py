"""The inputs that newshouse.toml names, how their reloads went, and the alerts that were sent of them.

Why: whether an input is stale or failing is asked of the warehouse, by people and by monitors, on any machine; and an
alert that one process sent must not be sent again by the next. Two new tables. The new index of ops.rejected_item makes
'how many rejects in the last hour' cheap; it is small, since rejects are few.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COMMANDS = (
    (
        "What was run: load, reload, renormalize, correct, rejects retry, rejects dismiss",
        "What was run: load, renormalize, correct, rejects retry, rejects dismiss",
    ),
    (
        "The paths and options it was given; of a reload the name of the input",
        "The paths and options it was given",
    ),
)


def comment_on_runs(position: int) -> None:
    for column, comments in zip(("command", "arguments"), COMMANDS, strict=True):
        op.execute(f"COMMENT ON COLUMN ops.load_run.{column} IS '{comments[position]}'")


def text(name: str, comment: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable, comment=comment)


def instant(name: str, comment: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, comment=comment)


def upgrade() -> None:
    comment_on_runs(0)
    op.create_index("ix_rejected_item_rejected_at", "rejected_item", ["rejected_at"], schema="ops")
    op.create_table(
        "named_input",
        text("input_name", "Its name in newshouse.toml"),
        text("kind", "path (a file or folder), glob or url"),
        text("location", "The path, pattern or address"),
        sa.Column(
            "every_seconds", sa.BigInteger(), nullable=False, comment="Its schedule: seconds between two reloads"
        ),
        text("config_path", "The newshouse.toml that names it"),
        instant("added_at", "When the warehouse heard of it", nullable=False),
        instant("last_seen_at", "When it was last there: the path existed, the address answered"),
        instant("last_changed_at", "When a reload last found something new or changed in it"),
        instant("last_success_at", "When a reload of it last went through"),
        instant("last_failure_at", "When a reload of it last failed; NULL where none did"),
        text("last_failure", "Why it failed then", nullable=True),
        sa.Column(
            "last_run_id",
            sa.BigInteger(),
            nullable=True,
            comment="The run of its latest reload; NULL where none began a run",
        ),
        sa.CheckConstraint("kind IN ('path', 'glob', 'url')", name=op.f("ck_named_input_kind_is_known")),
        sa.CheckConstraint("every_seconds > 0", name=op.f("ck_named_input_schedule_is_positive")),
        sa.CheckConstraint(
            "(last_failure_at IS NULL) = (last_failure IS NULL)", name=op.f("ck_named_input_failure_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["last_run_id"], ["ops.load_run.run_id"], name=op.f("fk_named_input_last_run_id")),
        sa.PrimaryKeyConstraint("input_name", name=op.f("pk_named_input")),
        schema="ops",
        comment="One row per input that a newshouse.toml names: where it is, and how its reloads went.",
    )
    op.create_table(
        "alert",
        text("input_name", "The input it is about"),
        text("kind", "failure, staleness or rejects"),
        text("detail", "What is wrong, in words"),
        instant("raised_at", "When it was noticed", nullable=False),
        instant("sent_at", "When the webhook took it; NULL until then"),
        instant("recovered_at", "When it was over; the row goes once the webhook took that too"),
        sa.CheckConstraint("kind IN ('failure', 'staleness', 'rejects')", name=op.f("ck_alert_kind_is_known")),
        sa.ForeignKeyConstraint(
            ["input_name"], ["ops.named_input.input_name"], name=op.f("fk_alert_input_name"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("input_name", "kind", name=op.f("pk_alert")),
        schema="ops",
        comment="What the webhook was told, or is to be told, of the inputs: each alert once, and its recovery.",
    )


def downgrade() -> None:
    op.drop_table("alert", schema="ops")
    op.drop_table("named_input", schema="ops")
    op.drop_index("ix_rejected_item_rejected_at", "rejected_item", schema="ops")
    comment_on_runs(1)
