"""Whose promise it was that was kept or broken"""

import sqlalchemy as sa
from alembic import op


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. SQLite adds columns in place: to copy a table would break what points at it."""
    id_type = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    for name in ('accept', 'resolve'):
        person = sa.ForeignKey('people.id', name=op.f(f'fk_reports_{name}_of_id'))
        op.add_column('reports', sa.Column(f'{name}_of_id', id_type, person, nullable=True), inline_references=True)
        op.add_column(
            'reports', sa.Column(f'{name}_counts', sa.Boolean(), server_default=sa.true(), nullable=False)
        )

    # What happened before this was written down: of what was accepted the first who did so, of what was fixed who had
    # it when its time was over, if anybody had. A promise that came with what was merged counts there.
    held = "SELECT by_id FROM events WHERE report_id = reports.id AND kind IN ('accepted', 'taken_over')"
    op.execute(f"UPDATE reports SET accept_of_id = ({held} ORDER BY id LIMIT 1) WHERE accepted_on_time IS NOT NULL")
    op.execute(
        f"UPDATE reports SET resolve_of_id = COALESCE(CASE WHEN resolved_on_time THEN officer_id END, "
        f"({held} AND at <= reports.resolve_by ORDER BY id DESC LIMIT 1), officer_id) WHERE resolved_on_time IS NOT NULL"
    )
    for name, on_time in (('accept', 'accepted_on_time'), ('resolve', 'resolved_on_time')):
        op.execute(
            f"UPDATE reports SET {name}_counts = false, {name}_of_id = NULL, {on_time} = NULL WHERE EXISTS ("
            f"SELECT 1 FROM reports gone WHERE gone.merged_into_id = reports.id AND gone.{name}_by = reports.{name}_by"
            f" AND NOT gone.{on_time})"
        )
