"""How prompt reports were, and the digests"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('digest_rounds',
    sa.Column('digest', sa.String(20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_digest_rounds'))
    )
    op.create_table('silenced_digests',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('digest', sa.String(20), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_silenced_digests_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'digest', name=op.f('pk_silenced_digests'))
    )
    # SQLite adds columns in place: to copy a table would break what points at it.
    for name in ('accept_seconds', 'resolve_seconds'):
        op.add_column('reports', sa.Column(name, sa.Integer(), nullable=True))
    for name in ('accepted_on_time', 'resolved_on_time'):
        op.add_column('reports', sa.Column(name, sa.Boolean(), nullable=True))
    op.create_index('ix_reports_filed', 'reports', ['filed_at'])

    # What happened before this was written down: as the events and the present promises say.
    seconds = (
        "CAST(strftime('%s', {}) - strftime('%s', filed_at) AS INTEGER)"
        if op.get_context().dialect.name == "sqlite"
        else "CAST(floor(extract(epoch from {} - filed_at)) AS INTEGER)"
    )
    first = "(SELECT min(at) FROM events WHERE report_id = reports.id AND kind = 'accepted')"
    op.execute(
        f"UPDATE reports SET accept_seconds = {seconds.format(first)}, accepted_on_time = {first} <= accept_by "
        f"WHERE {first} IS NOT NULL"
    )
    op.execute(
        f"UPDATE reports SET resolve_seconds = {seconds.format('resolved_at')}, "
        "resolved_on_time = resolved_at <= resolve_by "
        "WHERE resolved_at IS NOT NULL AND status IN ('resolved', 'closed', 'review')"
    )
