"""Service places, their keepers and visits, warnings"""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)
TO_ASK = sa.text('asked_at IS NULL AND ask_at IS NOT NULL')
AT_WORK = sa.text('fixed_at IS NULL')
GOES_OUT = sa.text('ended_at IS NULL')
COPY = sa.text('warning_id IS NOT NULL')


def upgrade() -> None:
    """Apply. SQLite adds columns in place: to copy a table would break what points at it."""
    op.create_table('place_kinds',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_zh', sa.String(length=60), nullable=False),
    sa.Column('name_en', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_place_kinds'))
    )
    op.create_table('places_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_places_version'))
    )
    op.create_table('live_cards',
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('location_id', sa.Integer(), nullable=False),
    sa.Column('card_id', sa.Integer(), nullable=False),
    sa.Column('wanted', sa.String(length=64), nullable=False),
    sa.Column('edited_at', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_live_cards_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_live_cards'))
    )
    op.create_table('place_warnings',
    sa.Column('id', KEY, nullable=False),
    sa.Column('kind', sa.String(20), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('grid_codes', sa.JSON(), nullable=False),
    sa.Column('place_ids', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('metres', sa.Integer(), nullable=False),
    sa.Column('made_by', KEY, nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.Column('stopped_at', MOMENT, nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('shown', sa.JSON(none_as_null=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_place_warnings_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_warnings'))
    )
    op.create_index('ix_place_warnings_open', 'place_warnings', ['id'], sqlite_where=GOES_OUT, postgresql_where=GOES_OUT)

    op.create_table('service_places',
    sa.Column('id', KEY, nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('name_zh', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('latitude', sa.Float(), nullable=False),
    sa.Column('longitude', sa.Float(), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('access_zh', sa.String(length=300), nullable=False),
    sa.Column('access_en', sa.String(length=300), nullable=False),
    sa.Column('hours', sa.String(length=400), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('spaces', sa.Integer(), nullable=True),
    sa.Column('free_spaces', sa.Integer(), nullable=True),
    sa.Column('free_at', MOMENT, nullable=True),
    sa.Column('free_by', sa.String(20), nullable=True),
    sa.Column('state', sa.String(20), nullable=False),
    sa.Column('state_until', MOMENT, nullable=True),
    sa.Column('state_at', MOMENT, nullable=True),
    sa.Column('state_by', sa.String(20), nullable=True),
    sa.Column('confirmed_at', MOMENT, nullable=True),
    sa.Column('confirmed_by', sa.String(20), nullable=True),
    sa.Column('doubts', sa.Integer(), nullable=False),
    sa.Column('added_by', KEY, nullable=True),
    sa.Column('added_at', MOMENT, nullable=False),
    sa.Column('removed_at', MOMENT, nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('doubts >= 0 AND (spaces IS NULL OR spaces >= 0) AND (free_spaces IS NULL OR free_spaces >= 0)', name=op.f('ck_service_places_sane')),
    sa.ForeignKeyConstraint(['added_by'], ['people.id'], name=op.f('fk_service_places_added_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_places')),
    sa.UniqueConstraint('code', name=op.f('uq_service_places_code'))
    )
    op.create_index(op.f('ix_service_places_version'), 'service_places', ['version'])

    op.create_table('place_facilities',
    sa.Column('place_id', KEY, nullable=False),
    sa.Column('facility', sa.String(length=40), nullable=False),
    sa.Column('is_broken', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('changed_at', MOMENT, nullable=True),
    sa.Column('changed_by', sa.String(20), nullable=True),
    sa.ForeignKeyConstraint(['place_id'], ['service_places.id'], name=op.f('fk_place_facilities_place_id')),
    sa.PrimaryKeyConstraint('place_id', 'facility', name=op.f('pk_place_facilities'))
    )
    op.create_table('place_faults',
    sa.Column('report_id', KEY, nullable=False),
    sa.Column('place_id', KEY, nullable=False),
    sa.Column('facility', sa.String(length=40), nullable=False),
    sa.Column('fixed_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['place_id'], ['service_places.id'], name=op.f('fk_place_faults_place_id')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_place_faults_report_id')),
    sa.PrimaryKeyConstraint('report_id', 'place_id', 'facility', name=op.f('pk_place_faults'))
    )
    op.create_index('ix_place_faults_place', 'place_faults', ['place_id', 'facility'], sqlite_where=AT_WORK, postgresql_where=AT_WORK)

    op.create_table('place_doubts',
    sa.Column('id', KEY, nullable=False),
    sa.Column('place_id', KEY, nullable=False),
    sa.Column('what', sa.String(20), nullable=False),
    sa.Column('facility', sa.String(length=40), nullable=True),
    sa.Column('words', sa.String(length=200), nullable=True),
    sa.Column('mark', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['service_places.id'], name=op.f('fk_place_doubts_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_doubts'))
    )
    op.create_index(op.f('ix_place_doubts_place_id'), 'place_doubts', ['place_id'])

    op.create_table('place_keepers',
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('place_id', KEY, nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_place_keepers_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['service_places.id'], name=op.f('fk_place_keepers_place_id')),
    sa.PrimaryKeyConstraint('person_id', 'place_id', name=op.f('pk_place_keepers'))
    )
    op.create_index(op.f('ix_place_keepers_place_id'), 'place_keepers', ['place_id'])

    op.create_table('place_photos',
    sa.Column('id', KEY, nullable=False),
    sa.Column('place_id', KEY, nullable=False),
    sa.Column('file_id', sa.String(length=200), nullable=False),
    sa.Column('file_unique_id', sa.String(length=64), nullable=False),
    sa.Column('added_by', KEY, nullable=False),
    sa.Column('added_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['people.id'], name=op.f('fk_place_photos_added_by')),
    sa.ForeignKeyConstraint(['place_id'], ['service_places.id'], name=op.f('fk_place_photos_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_photos'))
    )
    op.create_index(op.f('ix_place_photos_place_id'), 'place_photos', ['place_id'])

    op.create_table('place_usage',
    sa.Column('place_id', KEY, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['service_places.id'], name=op.f('fk_place_usage_place_id')),
    sa.PrimaryKeyConstraint('place_id', 'day', 'hour', name=op.f('pk_place_usage'))
    )
    op.create_table('place_visits',
    sa.Column('id', KEY, nullable=False),
    sa.Column('place_id', KEY, nullable=False),
    sa.Column('person_id', KEY, nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('ask_at', MOMENT, nullable=True),
    sa.Column('asked_at', MOMENT, nullable=True),
    sa.Column('answer', sa.String(20), nullable=True),
    sa.Column('answered_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_place_visits_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['service_places.id'], name=op.f('fk_place_visits_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_visits')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_place_visits_ask', 'place_visits', ['ask_at'], sqlite_where=TO_ASK, postgresql_where=TO_ASK)
    op.create_index(op.f('ix_place_visits_at'), 'place_visits', ['at'])
    op.create_index('ix_place_visits_person', 'place_visits', ['person_id', 'at'])

    place = sa.ForeignKey('service_places.id', name=op.f('fk_invites_place_id'))
    op.add_column('invites', sa.Column('place_id', KEY, place, nullable=True), inline_references=True)
    warning = sa.ForeignKey('place_warnings.id', name=op.f('fk_outbox_warning_id'))
    op.add_column('outbox', sa.Column('warning_id', KEY, warning, nullable=True), inline_references=True)
    op.create_index('ix_outbox_warning', 'outbox', ['warning_id', 'state'], sqlite_where=COPY, postgresql_where=COPY)
