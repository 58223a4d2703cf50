"""Merchants, redemptions and settlement"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'open'")
USED = sa.text("mealtime IS NOT NULL AND state IN ('open', 'taken')")


def upgrade() -> None:
    """Apply. SQLite adds columns in place: to copy a table would break what points at it."""
    op.create_table('merchants',
    sa.Column('id', KEY, nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_zh', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(20), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('latitude', sa.Float(), nullable=False),
    sa.Column('longitude', sa.Float(), nullable=False),
    sa.Column('hours', sa.String(length=60), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('about_zh', sa.String(length=300), nullable=False),
    sa.Column('about_en', sa.String(length=300), nullable=False),
    sa.Column('meals', sa.Integer(), nullable=False),
    sa.Column('meal_zh', sa.String(length=120), nullable=False),
    sa.Column('meal_en', sa.String(length=120), nullable=False),
    sa.Column('fen_a_point', sa.Integer(), nullable=False),
    sa.Column('removed_at', MOMENT, nullable=True),
    sa.CheckConstraint('meals >= 0 AND fen_a_point >= 0', name=op.f('ck_merchants_sane')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merchants')),
    sa.UniqueConstraint('code', name=op.f('uq_merchants_code'))
    )
    op.create_table('items',
    sa.Column('id', KEY, nullable=False),
    sa.Column('merchant_id', KEY, nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_zh', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('price', sa.Integer(), nullable=False),
    sa.Column('stock', sa.Integer(), nullable=True),
    sa.Column('held', sa.Integer(), nullable=False),
    sa.Column('limit_each', sa.Integer(), nullable=True),
    sa.Column('removed_at', MOMENT, nullable=True),
    sa.CheckConstraint('price > 0 AND held >= 0 AND (stock IS NULL OR held <= stock)', name=op.f('ck_items_sane')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchants.id'], name=op.f('fk_items_merchant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_items'))
    )
    op.create_index('ix_items_code', 'items', ['merchant_id', 'code'], unique=True)
    op.create_index('ix_items_merchant_id', 'items', ['merchant_id'])

    op.create_table('last_places',
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('latitude', sa.Float(), nullable=False),
    sa.Column('longitude', sa.Float(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_last_places_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_last_places'))
    )
    op.create_table('merchant_staff',
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('merchant_id', KEY, nullable=False),
    sa.Column('is_owner', sa.Boolean(), nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchants.id'], name=op.f('fk_merchant_staff_merchant_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_merchant_staff_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'merchant_id', name=op.f('pk_merchant_staff'))
    )
    op.create_index('ix_merchant_staff_merchant_id', 'merchant_staff', ['merchant_id'])

    op.create_table('wrong_codes',
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.Column('paused_until', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_wrong_codes_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_wrong_codes'))
    )
    op.create_table('merchant_months',
    sa.Column('merchant_id', KEY, nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('closed_at', MOMENT, nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('fen_a_point', sa.Integer(), nullable=False),
    sa.Column('meals', sa.Integer(), nullable=False),
    sa.Column('subsidy', sa.Integer(), nullable=False),
    sa.Column('undone', sa.Integer(), nullable=False),
    sa.Column('transfer_id', KEY, nullable=True),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchants.id'], name=op.f('fk_merchant_months_merchant_id')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfers.id'], name=op.f('fk_merchant_months_transfer_id')),
    sa.PrimaryKeyConstraint('merchant_id', 'month', name=op.f('pk_merchant_months'))
    )
    op.create_table('redemptions',
    sa.Column('id', KEY, nullable=False),
    sa.Column('token', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('merchant_id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('item_id', KEY, nullable=True),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('hold_id', KEY, nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('mealtime', sa.String(20), nullable=True),
    sa.Column('cash', sa.Integer(), nullable=True),
    sa.Column('subsidy', sa.Integer(), nullable=True),
    sa.Column('discount', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(20), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('expires_at', MOMENT, nullable=False),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.Column('taken_by', KEY, nullable=True),
    sa.Column('month', sa.String(length=7), nullable=True),
    sa.Column('undone_at', MOMENT, nullable=True),
    sa.Column('undone_by', KEY, nullable=True),
    sa.Column('undone_month', sa.String(length=7), nullable=True),
    sa.Column('picture_id', sa.Integer(), nullable=True),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(hold_id IS NULL) = (points = 0) AND (mealtime IS NULL) = (points > 0)', name=op.f('ck_redemptions_one_kind')),
    sa.ForeignKeyConstraint(['hold_id'], ['holds.id'], name=op.f('fk_redemptions_hold_id')),
    sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_redemptions_item_id')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchants.id'], name=op.f('fk_redemptions_merchant_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_redemptions_person_id')),
    sa.ForeignKeyConstraint(['taken_by'], ['people.id'], name=op.f('fk_redemptions_taken_by')),
    sa.ForeignKeyConstraint(['undone_by'], ['people.id'], name=op.f('fk_redemptions_undone_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redemptions')),
    sa.UniqueConstraint('hold_id', name=op.f('uq_redemptions_hold_id')),
    sa.UniqueConstraint('token', name=op.f('uq_redemptions_token'))
    )
    op.create_index('ix_redemptions_code', 'redemptions', ['code'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index('ix_redemptions_due', 'redemptions', ['expires_at'], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index('ix_redemptions_item', 'redemptions', ['item_id', 'person_id'])
    op.create_index('ix_redemptions_meals', 'redemptions', ['merchant_id', 'day'])
    op.create_index('ix_redemptions_month', 'redemptions', ['merchant_id', 'month'])
    op.create_index('ix_redemptions_one', 'redemptions', ['person_id'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index('ix_redemptions_right', 'redemptions', ['person_id', 'day', 'mealtime'], unique=True, sqlite_where=USED, postgresql_where=USED)

    shop = sa.ForeignKey('merchants.id', name=op.f('fk_invites_merchant_id'))
    op.add_column('invites', sa.Column('merchant_id', KEY, shop, nullable=True), inline_references=True)
