"""how prompt reports were, and the digests"""

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
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.add_column(sa.Column('accept_seconds', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('accepted_on_time', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('resolve_seconds', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('resolved_on_time', sa.Boolean(), nullable=True))
        batch_op.create_index('ix_reports_filed', ['filed_at'], unique=False)

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



def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.drop_index('ix_reports_filed')
        batch_op.drop_column('resolved_on_time')
        batch_op.drop_column('resolve_seconds')
        batch_op.drop_column('accepted_on_time')
        batch_op.drop_column('accept_seconds')

    op.drop_table('silenced_digests')
    op.drop_table('digest_rounds')
