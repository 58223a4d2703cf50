"""False reports, suspensions, the audit log, removed grids"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.create_table('false_marks',
    sa.Column('id', KEY, nullable=False),
    sa.Column('report_id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('by_id', KEY, nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('dispute_by', MOMENT, nullable=False),
    sa.Column('state', sa.String(20), nullable=False),
    sa.Column('settled_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_false_marks_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_false_marks_person_id')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_false_marks_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_false_marks'))
    )
    op.create_index('ix_false_marks_report_id', 'false_marks', ['report_id'])
    op.create_index('ix_false_marks_due', 'false_marks', ['state', 'dispute_by'])
    op.create_index('ix_false_marks_person', 'false_marks', ['person_id', 'settled_at'])
    op.create_table('suspensions',
    sa.Column('id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('began_at', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=False),
    sa.Column('reports', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('lifted_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_suspensions_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suspensions'))
    )
    op.create_index('ix_suspensions_person', 'suspensions', ['person_id', 'until'])
    op.create_table('audit',
    sa.Column('id', KEY, nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('deed', sa.String(20), nullable=False),
    sa.Column('by_id', KEY, nullable=True),
    sa.Column('person_id', KEY, nullable=True),
    sa.Column('report_id', KEY, nullable=True),
    sa.Column('facts', sa.JSON(none_as_null=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    op.add_column('grids', sa.Column('removed_at', MOMENT, nullable=True))  # in place
    _let_only_grow()


def _let_only_grow() -> None:
    """Whoever changes or deletes a line of the audit log is refused, whatever program he uses."""
    if op.get_context().dialect.name == 'sqlite':
        for what in ('UPDATE', 'DELETE'):
            op.execute(
                f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_only_grows()"
    )
