"""Points: accounts, transfers, entries, lots, what is put aside, what people give them for"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.create_table('accounts',
    sa.Column('id', KEY, nullable=False),
    sa.Column('key', sa.String(40), nullable=False),
    sa.Column('kind', sa.String(20), nullable=False),
    sa.Column('currency', sa.String(20), nullable=False),
    sa.Column('person_id', KEY, nullable=True),
    sa.Column('balance', sa.BigInteger(), nullable=False),
    sa.Column('length', sa.BigInteger(), nullable=False),
    sa.Column('last', sa.String(64), nullable=False),
    sa.Column('may_owe', sa.Boolean(), nullable=False),
    sa.CheckConstraint('balance >= 0 OR may_owe', name=op.f('ck_accounts_solvent')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_accounts_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accounts')),
    sa.UniqueConstraint('key', name=op.f('uq_accounts_key'))
    )
    op.create_index('ix_accounts_person', 'accounts', ['person_id'])
    op.create_table('transfers',
    sa.Column('id', KEY, nullable=False),
    sa.Column('key', sa.String(80), nullable=False),
    sa.Column('reason', sa.String(20), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('by_id', KEY, nullable=True),
    sa.Column('person_id', KEY, nullable=True),
    sa.Column('report_id', KEY, nullable=True),
    sa.Column('reverses_id', KEY, nullable=True),
    sa.Column('words', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_transfers_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_transfers_person_id')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_transfers_report_id')),
    sa.ForeignKeyConstraint(['reverses_id'], ['transfers.id'], name=op.f('fk_transfers_reverses_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfers')),
    sa.UniqueConstraint('key', name=op.f('uq_transfers_key'))
    )
    of_report, reverses = sa.text('report_id IS NOT NULL'), sa.text('reverses_id IS NOT NULL')
    op.create_index('ix_transfers_report', 'transfers', ['report_id'],
                    sqlite_where=of_report, postgresql_where=of_report)
    op.create_index('ix_transfers_reverses', 'transfers', ['reverses_id'], unique=True,
                    sqlite_where=reverses, postgresql_where=reverses)
    op.create_index('ix_transfers_person', 'transfers', ['person_id', 'at'])
    op.create_table('entries',
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('place', sa.BigInteger(), nullable=False),
    sa.Column('transfer_id', KEY, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('balance', sa.BigInteger(), nullable=False),
    sa.Column('hash', sa.String(64), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_entries_account_id')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfers.id'], name=op.f('fk_entries_transfer_id')),
    sa.PrimaryKeyConstraint('account_id', 'place', name=op.f('pk_entries')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_entries_transfer_id', 'entries', ['transfer_id'])
    op.create_table('lots',
    sa.Column('id', KEY, nullable=False),
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('transfer_id', KEY, nullable=False),
    sa.Column('earned_at', MOMENT, nullable=False),
    sa.Column('lapses_at', MOMENT, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('left', sa.BigInteger(), nullable=False),
    sa.Column('told_at', MOMENT, nullable=True),
    sa.CheckConstraint('"left" >= 0 AND "left" <= amount', name=op.f('ck_lots_within')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_lots_account_id')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfers.id'], name=op.f('fk_lots_transfer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lots'))
    )
    op.create_index('ix_lots_account', 'lots', ['account_id', 'lapses_at'])
    left = sa.text('"left" > 0')
    op.create_index('ix_lots_lapse', 'lots', ['lapses_at'], sqlite_where=left, postgresql_where=left)
    op.create_index('ix_lots_transfer_id', 'lots', ['transfer_id'])
    op.create_table('lot_uses',
    sa.Column('transfer_id', KEY, nullable=False),
    sa.Column('lot_id', KEY, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['lot_id'], ['lots.id'], name=op.f('fk_lot_uses_lot_id')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfers.id'], name=op.f('fk_lot_uses_transfer_id')),
    sa.PrimaryKeyConstraint('transfer_id', 'lot_id', name=op.f('pk_lot_uses'))
    )
    op.create_table('holds',
    sa.Column('id', KEY, nullable=False),
    sa.Column('transfer_id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(20), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('lapses_at', MOMENT, nullable=False),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.CheckConstraint('amount > 0', name=op.f('ck_holds_positive')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_holds_person_id')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfers.id'], name=op.f('fk_holds_transfer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holds')),
    sa.UniqueConstraint('transfer_id', name=op.f('uq_holds_transfer_id'))
    )
    op.create_index('ix_holds_due', 'holds', ['state', 'lapses_at'])
    op.create_index('ix_holds_person', 'holds', ['person_id', 'state'])
    op.create_table('points_audits',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('entries', sa.BigInteger(), nullable=False),
    sa.Column('wrong', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_points_audits'))
    )
    op.create_table('activities',
    sa.Column('id', KEY, nullable=False),
    sa.Column('token', sa.String(64), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('by_id', KEY, nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('open_until', MOMENT, nullable=False),
    sa.CheckConstraint('hours > 0', name=op.f('ck_activities_lasting')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_activities_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activities')),
    sa.UniqueConstraint('token', name=op.f('uq_activities_token'))
    )
    op.create_table('attendances',
    sa.Column('activity_id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_attendances_activity_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_attendances_person_id')),
    sa.PrimaryKeyConstraint('activity_id', 'person_id', name=op.f('pk_attendances'))
    )
    op.create_table('credits',
    sa.Column('id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('report_id', KEY, nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('by_id', KEY, nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('state', sa.String(20), nullable=False),
    sa.Column('expires_at', MOMENT, nullable=False),
    sa.Column('decided_by_id', KEY, nullable=True),
    sa.Column('decided_at', MOMENT, nullable=True),
    sa.CheckConstraint('amount > 0', name=op.f('ck_credits_positive')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_credits_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_credits_decided_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_credits_person_id')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_credits_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credits'))
    )
    op.create_index('ix_credits_due', 'credits', ['state', 'expires_at'])
    op.create_index('ix_credits_between', 'credits', ['by_id', 'person_id', 'made_at'])
    op.create_table('board_names',
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('name', sa.String(40), nullable=False),
    sa.Column('folded', sa.String(80), nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_board_names_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_board_names')),
    sa.UniqueConstraint('folded', name=op.f('uq_board_names_folded'))
    )
    _let_only_grow('transfers')
    _let_only_grow('entries')


def _let_only_grow(table: str) -> None:
    """Whoever changes or deletes a row is refused, whatever program he uses."""
    if op.get_context().dialect.name == 'sqlite':
        for what in ('UPDATE', 'DELETE'):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_only_grow() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_only_grow BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_only_grow()"
    )
