"""Teams, tasks and emergencies"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('teams',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_zh', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(20), nullable=False),
    sa.Column('town', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teams')),
    sa.UniqueConstraint('code', name=op.f('uq_teams_code'))
    )
    op.create_table('team_members',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rank', sa.String(20), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_team_members_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_members_team_id')),
    sa.PrimaryKeyConstraint('person_id', 'team_id', name=op.f('pk_team_members'))
    )
    op.create_index(op.f('ix_team_members_team_id'), 'team_members', ['team_id'], unique=False)

    op.create_table('emergencies',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('begun_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['begun_by'], ['people.id'], name=op.f('fk_emergencies_begun_by')),
    sa.ForeignKeyConstraint(['ended_by'], ['people.id'], name=op.f('fk_emergencies_ended_by')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_emergencies_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emergencies'))
    )
    op.create_index(op.f('ix_emergencies_report_id'), 'emergencies', ['report_id'], unique=False)

    op.create_table('tasks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('grid_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(20), nullable=False),
    sa.Column('given_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('accepted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('words', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['accepted_by'], ['people.id'], name=op.f('fk_tasks_accepted_by')),
    sa.ForeignKeyConstraint(['given_by'], ['people.id'], name=op.f('fk_tasks_given_by')),
    sa.ForeignKeyConstraint(['grid_id'], ['grids.id'], name=op.f('fk_tasks_grid_id')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_tasks_report_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_tasks_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks'))
    )
    op.create_index('ix_tasks_accepted_by', 'tasks', ['accepted_by', 'state'], unique=False)
    op.create_index(op.f('ix_tasks_report_id'), 'tasks', ['report_id'], unique=False)

    op.create_table('emergency_calls',
    sa.Column('emergency_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('deputy_of', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(20), nullable=False),
    sa.Column('called_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pushes', sa.Integer(), nullable=False),
    sa.Column('push_again_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['deputy_of'], ['people.id'], name=op.f('fk_emergency_calls_deputy_of')),
    sa.ForeignKeyConstraint(['emergency_id'], ['emergencies.id'], name=op.f('fk_emergency_calls_emergency_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_emergency_calls_person_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_emergency_calls_team_id')),
    sa.PrimaryKeyConstraint('emergency_id', 'person_id', name=op.f('pk_emergency_calls'))
    )
    op.create_index(op.f('ix_emergency_calls_person_id'), 'emergency_calls', ['person_id'], unique=False)
    op.create_index('ix_emergency_calls_push_again', 'emergency_calls', ['push_again_at'], unique=False)

    # SQLite adds columns in place: to copy a table would break what points at it.
    key = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    team = sa.ForeignKey('teams.id', name=op.f('fk_invites_team_id'))
    op.add_column('invites', sa.Column('team_id', key, team, nullable=True), inline_references=True)
    for name in ('town', 'community'):
        op.add_column('invites', sa.Column(name, sa.String(length=120), nullable=True))
    op.add_column('shown_cards', sa.Column('about_id', key, nullable=True))
