"""The clock of a report"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply. SQLite adds columns in place: to copy a table would break what points at it."""
    op.create_table('posts',
    sa.Column('id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('level', sa.String(20), nullable=False),
    sa.Column('town', sa.String(length=120), nullable=False),
    sa.Column('community', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_posts_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posts')),
    sa.UniqueConstraint('person_id', 'town', 'community', name=op.f('uq_posts_person_id_town_community'))
    )
    op.create_index('ix_posts_place', 'posts', ['town', 'community'])

    person = sa.ForeignKey('people.id', name=op.f('fk_reports_responsible_id'))
    op.add_column('reports', sa.Column('responsible_id', KEY, person, nullable=True), inline_references=True)
    for name in ('phase_from', 'resolve_from', 'next_at', 'paused_at', 'waiting_until', 'resolved_at'):
        op.add_column('reports', sa.Column(name, MOMENT, nullable=True))
    op.add_column('reports', sa.Column('waiting_for', sa.String(20), nullable=True))
    for name in ('resolve_used', 'step'):
        op.add_column('reports', sa.Column(name, sa.Integer(), server_default='0', nullable=False))
    op.create_index('ix_reports_next', 'reports', ['next_at'])

    for name in ('opened_at', 'answered_at', 'push_again_at'):
        op.add_column('outbox', sa.Column(name, MOMENT, nullable=True))
    op.add_column('outbox', sa.Column('pushes', sa.Integer(), server_default='1', nullable=False))
    op.create_index('ix_outbox_push_again', 'outbox', ['push_again_at'])
    _wind()


def _wind() -> None:
    """Begin the clock of what is there; what is resolved was told so long ago that nobody will judge it: it is closed."""
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
