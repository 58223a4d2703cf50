"""Riders are registered; who works at no shop that takes points is no merchant"""

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply. Who has had a meal is known to ride; all others are asked about when they want one."""
    op.create_table('riders',
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('state', sa.String(20), nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.Column('asked_at', MOMENT, nullable=False),
    sa.Column('decided_at', MOMENT, nullable=True),
    sa.Column('decided_by', KEY, nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_riders_decided_by_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_riders_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_riders'))
    )

    op.execute(
        "INSERT INTO riders (person_id, state, since, asked_at, decided_at)"
        " SELECT person_id, 'registered', MIN(made_at), MIN(made_at), MIN(made_at) FROM redemptions"
        " WHERE mealtime IS NOT NULL AND state = 'taken' GROUP BY person_id"
    )
    op.execute(
        "DELETE FROM person_roles WHERE role = 'merchant'"
        " AND EXISTS (SELECT 1 FROM merchant_staff works WHERE works.person_id = person_roles.person_id)"
        " AND NOT EXISTS (SELECT 1 FROM merchant_staff works JOIN merchants shop ON shop.id = works.merchant_id"
        " WHERE works.person_id = person_roles.person_id AND shop.removed_at IS NULL)"
    )
