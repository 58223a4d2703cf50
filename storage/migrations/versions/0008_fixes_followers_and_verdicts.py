"""Fixes, followers and verdicts"""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply. SQLite adds columns in place: to copy a table would break what points at it."""
    op.create_table('followers',
    sa.Column('report_id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('joined_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_followers_person_id')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_followers_report_id')),
    sa.PrimaryKeyConstraint('report_id', 'person_id', name=op.f('pk_followers'))
    )
    op.create_index('ix_followers_person_id', 'followers', ['person_id'])
    op.create_table('resolutions',
    sa.Column('id', KEY, nullable=False),
    sa.Column('by_id', KEY, nullable=False),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('accuracy', sa.Integer(), nullable=True),
    sa.Column('why_far', sa.String(length=500), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_resolutions_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resolutions'))
    )
    op.create_table('resolved_reports',
    sa.Column('resolution_id', KEY, nullable=False),
    sa.Column('report_id', KEY, nullable=False),
    sa.Column('metres', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_resolved_reports_report_id')),
    sa.ForeignKeyConstraint(['resolution_id'], ['resolutions.id'], name=op.f('fk_resolved_reports_resolution_id')),
    sa.PrimaryKeyConstraint('resolution_id', 'report_id', name=op.f('pk_resolved_reports'))
    )
    op.create_index('ix_resolved_reports_report_id', 'resolved_reports', ['report_id'])
    op.create_table('verdicts',
    sa.Column('id', KEY, nullable=False),
    sa.Column('report_id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('is_fixed', sa.Boolean(), nullable=False),
    sa.Column('why', sa.String(length=500), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_verdicts_person_id')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_verdicts_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verdicts')),
    sa.UniqueConstraint('report_id', 'person_id', 'round', name=op.f('uq_verdicts_report_id_person_id_round'))
    )
    op.create_index('ix_verdicts_person', 'verdicts', ['person_id'])
    for name, default in (('reopened', '0'), ('affected', '1')):
        op.add_column('reports', sa.Column(name, sa.Integer(), server_default=default, nullable=False))
    for name in ('merged_into_id', 'follows_id'):
        other = sa.ForeignKey('reports.id', name=op.f(f'fk_reports_{name}'))
        op.add_column('reports', sa.Column(name, KEY, other, nullable=True), inline_references=True)
        op.create_index(f'ix_reports_{name}', 'reports', [name])
    disputed = sa.text("status = 'review'")
    op.create_index('ix_reports_review', 'reports', ['responsible_id'], sqlite_where=disputed,
        postgresql_where=disputed)
