"""the clock of a report"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('posts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('level', sa.String(20), nullable=False),
    sa.Column('town', sa.String(length=120), nullable=False),
    sa.Column('community', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_posts_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posts')),
    sa.UniqueConstraint('person_id', 'town', 'community', name=op.f('uq_posts_person_id_town_community'))
    )
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.create_index('ix_posts_place', ['town', 'community'], unique=False)

    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.add_column(sa.Column('responsible_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('phase_from', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('resolve_from', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('resolve_used', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('step', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('next_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('waiting_for', sa.String(20), nullable=True))
        batch_op.add_column(sa.Column('waiting_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_reports_next', ['next_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_reports_responsible_id'), 'people', ['responsible_id'], ['id'])

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('pushes', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('push_again_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_outbox_push_again', ['push_again_at'], unique=False)
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.alter_column('pushes', existing_type=sa.Integer(), server_default=None)

    # What is resolved was told so long ago that nobody will judge it now: it is closed, and nobody hears of it again.
    op.execute(
        "INSERT INTO events (report_id, kind, from_status, to_status, at) "
        "SELECT id, 'closed', 'resolved', 'closed', ended_at FROM reports WHERE status = 'resolved'"
    )
    op.execute("UPDATE reports SET resolved_at = ended_at, status = 'closed' WHERE status = 'resolved'")
    op.execute(
        "UPDATE reports SET phase_from = filed_at, resolve_from = filed_at, "
        "responsible_id = CASE WHEN status = 'accepted' THEN officer_id END, "
        "next_at = CASE status WHEN 'open' THEN accept_by WHEN 'accepted' THEN resolve_by END"
    )
    op.execute(
        "UPDATE reports SET responsible_id = "
        "(SELECT min(person_id) FROM offers WHERE offers.report_id = reports.id AND offers.state = 'offered') "
        "WHERE status = 'open'"
    )
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.alter_column('phase_from', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('resolve_from', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('resolve_used', existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column('step', existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_reports_responsible_id'), type_='foreignkey')
        batch_op.drop_index('ix_reports_next')
        batch_op.drop_column('resolved_at')
        batch_op.drop_column('waiting_until')
        batch_op.drop_column('waiting_for')
        batch_op.drop_column('paused_at')
        batch_op.drop_column('next_at')
        batch_op.drop_column('step')
        batch_op.drop_column('resolve_used')
        batch_op.drop_column('resolve_from')
        batch_op.drop_column('phase_from')
        batch_op.drop_column('responsible_id')

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_push_again')
        batch_op.drop_column('push_again_at')
        batch_op.drop_column('pushes')
        batch_op.drop_column('answered_at')
        batch_op.drop_column('opened_at')

    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.drop_index('ix_posts_place')

    op.drop_table('posts')
