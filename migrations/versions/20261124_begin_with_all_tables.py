"""Begin with all tables."""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table('budgets',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('network', sa.String(length=20), nullable=False),
    sa.Column('left_lately', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('school_id', 'network', name=op.f('pk_budgets'))
    )
    op.create_table('case_events',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('lifecycle', sa.String(length=40), nullable=False),
    sa.Column('from_state', sa.String(length=40), nullable=True),
    sa.Column('to_state', sa.String(length=40), nullable=False),
    sa.Column('event', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_events'))
    )
    with op.batch_alter_table('case_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_events_case_id'), ['case_id'], unique=False)

    op.create_table('cases',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('lifecycle', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('above_id', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('entry', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.BigInteger(), nullable=False),
    sa.Column('entered_at', sa.BigInteger(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cases_above_id'), ['above_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cases_school_id_lifecycle_state'), ['school_id', 'lifecycle', 'state'], unique=False)

    op.create_table('class_codes',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('class_key', sa.String(length=40), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('school_id', 'code', name=op.f('pk_class_codes'))
    )
    op.create_table('leavers',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('fingerprint', sa.LargeBinary(length=16), nullable=False),
    sa.Column('whole', sa.LargeBinary(length=16), nullable=False),
    sa.Column('parts', sa.LargeBinary(), nullable=False),
    sa.Column('likenesses', sa.LargeBinary(), nullable=False),
    sa.Column('programme', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('born', sa.LargeBinary(length=16), nullable=True),
    sa.Column('ending', sa.String(length=20), nullable=True),
    sa.PrimaryKeyConstraint('fingerprint', 'school_id', name=op.f('pk_leavers'))
    )
    with op.batch_alter_table('leavers', schema=None) as batch_op:
        batch_op.create_index('ix_leavers_cohort', ['programme', 'year', 'school_id'], unique=False)
        batch_op.create_index('ix_leavers_whole', ['whole', 'school_id'], unique=False)

    op.create_table('people',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=True),
    sa.Column('born', sa.Integer(), nullable=True),
    sa.Column('class_key', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('seen_at', sa.BigInteger(), nullable=False),
    sa.Column('paused_until', sa.BigInteger(), nullable=True),
    sa.Column('stopped_at', sa.BigInteger(), nullable=True),
    sa.Column('network', sa.String(length=20), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('erased_at', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sqlite_autoincrement=True
    )
    op.create_table('sign_in_links',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.Column('used_at', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('school_id', 'token_hash', name=op.f('pk_sign_in_links'))
    )
    with op.batch_alter_table('sign_in_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_links_school_id_address'), ['school_id', 'address'], unique=False)

    op.create_table('unread_updates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('network', sa.String(length=20), nullable=False),
    sa.Column('update_id', sa.String(length=64), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unread_updates'))
    )
    op.create_table('updates',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('network', sa.String(length=20), nullable=False),
    sa.Column('update_id', sa.String(length=64), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('school_id', 'network', 'update_id', name=op.f('pk_updates'))
    )
    with op.batch_alter_table('updates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_updates_at'), ['at'], unique=False)

    op.create_table('web_chats',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('numbers', sa.Integer(), nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.Column('forgotten', sa.Integer(), nullable=False),
    sa.Column('touched_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('school_id', 'address', name=op.f('pk_web_chats'))
    )
    op.create_table('web_lines',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('change', sa.Integer(), nullable=False),
    sa.Column('forgotten', sa.Integer(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('update_id', sa.String(length=128), nullable=True),
    sa.Column('language', sa.String(length=20), nullable=True),
    sa.Column('key', sa.String(length=64), nullable=True),
    sa.Column('named', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('settled_at', sa.BigInteger(), nullable=True),
    sa.Column('settled_chosen', sa.Text(), nullable=True),
    sa.Column('file_name', sa.Text(), nullable=True),
    sa.Column('file_mime', sa.Text(), nullable=True),
    sa.Column('file_content', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('school_id', 'address', 'number', name=op.f('pk_web_lines'))
    )
    with op.batch_alter_table('web_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_lines_school_id_address_change'), ['school_id', 'address', 'change'], unique=True)
        batch_op.create_index(batch_op.f('ix_web_lines_school_id_at'), ['school_id', 'at'], unique=False)
        batch_op.create_index('ix_web_lines_update', ['school_id', 'address', 'update_id'], unique=True, sqlite_where=sa.text('update_id IS NOT NULL'), postgresql_where=sa.text('update_id IS NOT NULL'))

    op.create_table('web_sessions',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('school_id', 'token_hash', name=op.f('pk_web_sessions'))
    )
    with op.batch_alter_table('web_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_sessions_school_id_address'), ['school_id', 'address'], unique=False)

    op.create_table('addresses',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('network', sa.String(length=20), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('unreachable_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_addresses_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('school_id', 'network', 'address', name=op.f('pk_addresses'))
    )
    with op.batch_alter_table('addresses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_addresses_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_addresses_unreachable', ['school_id', 'network', 'address'], unique=False, sqlite_where=sa.text('unreachable_at IS NOT NULL'), postgresql_where=sa.text('unreachable_at IS NOT NULL'))

    op.create_table('consents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('text_version', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('network', sa.String(length=20), nullable=False),
    sa.Column('given_at', sa.BigInteger(), nullable=False),
    sa.Column('withdrawn_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_consents_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consents_person_id'), ['person_id'], unique=False)

    op.create_table('conversations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('dialogue', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=True),
    sa.Column('entry', sa.Integer(), nullable=True),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('stored', sa.Text(), nullable=False),
    sa.Column('nudges', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.BigInteger(), nullable=False),
    sa.Column('wake_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_conversations_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversations')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('conversations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversations_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversations_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversations_wake_at'), ['wake_at'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=True),
    sa.Column('is_edit', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('not_before', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('claimed_by', sa.String(length=22), nullable=True),
    sa.Column('claimed_until', sa.BigInteger(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.BigInteger(), nullable=True),
    sa.Column('network', sa.String(length=20), nullable=True),
    sa.Column('ref', sa.String(length=64), nullable=True),
    sa.Column('why', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_outbox_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_outbox_waiting', ['school_id', 'id'], unique=False, sqlite_where=sa.text("state IN ('waiting', 'sending')"), postgresql_where=sa.text("state IN ('waiting', 'sending')"))

    op.create_table('profiles',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('programme', sa.String(length=40), nullable=True),
    sa.Column('left_in', sa.Integer(), nullable=True),
    sa.Column('how_left', sa.String(length=20), nullable=True),
    sa.Column('doing', sa.String(length=20), nullable=True),
    sa.Column('town', sa.String(length=80), nullable=True),
    sa.Column('offers', sa.Text(), nullable=False),
    sa.Column('frequency', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_profiles_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_profiles'))
    )
    op.create_table('roles',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_roles_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'role', name=op.f('pk_roles'))
    )
    op.create_table('seats',
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('settled_entry', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_seats_case_id_cases'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_seats_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', 'part', name=op.f('pk_seats'))
    )
    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seats_person_id'), ['person_id'], unique=False)

    op.create_table('staff',
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('expires_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_staff_person_id_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('school_id', 'key', name=op.f('pk_staff'))
    )
    op.create_table('timers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('entry', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=True),
    sa.Column('planned_for', sa.BigInteger(), nullable=False),
    sa.Column('due_at', sa.BigInteger(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_timers_case_id_cases'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timers')),
    sa.UniqueConstraint('case_id', 'entry', 'name', 'planned_for', name=op.f('uq_timers_case_id_entry_name_planned_for'))
    )
    with op.batch_alter_table('timers', schema=None) as batch_op:
        batch_op.create_index('ix_timers_due', ['school_id', 'due_at'], unique=False, sqlite_where=sa.text('outcome IS NULL'), postgresql_where=sa.text('outcome IS NULL'))



def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table('timers', schema=None) as batch_op:
        batch_op.drop_index('ix_timers_due', sqlite_where=sa.text('outcome IS NULL'), postgresql_where=sa.text('outcome IS NULL'))

    op.drop_table('timers')
    op.drop_table('staff')
    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seats_person_id'))

    op.drop_table('seats')
    op.drop_table('roles')
    op.drop_table('profiles')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_waiting', sqlite_where=sa.text("state IN ('waiting', 'sending')"), postgresql_where=sa.text("state IN ('waiting', 'sending')"))
        batch_op.drop_index(batch_op.f('ix_outbox_person_id'))

    op.drop_table('outbox')
    with op.batch_alter_table('conversations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conversations_wake_at'))
        batch_op.drop_index(batch_op.f('ix_conversations_person_id'))
        batch_op.drop_index(batch_op.f('ix_conversations_case_id'))

    op.drop_table('conversations')
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consents_person_id'))

    op.drop_table('consents')
    with op.batch_alter_table('addresses', schema=None) as batch_op:
        batch_op.drop_index('ix_addresses_unreachable', sqlite_where=sa.text('unreachable_at IS NOT NULL'), postgresql_where=sa.text('unreachable_at IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_addresses_person_id'))

    op.drop_table('addresses')
    with op.batch_alter_table('web_sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_web_sessions_school_id_address'))

    op.drop_table('web_sessions')
    with op.batch_alter_table('web_lines', schema=None) as batch_op:
        batch_op.drop_index('ix_web_lines_update', sqlite_where=sa.text('update_id IS NOT NULL'), postgresql_where=sa.text('update_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_web_lines_school_id_at'))
        batch_op.drop_index(batch_op.f('ix_web_lines_school_id_address_change'))

    op.drop_table('web_lines')
    op.drop_table('web_chats')
    with op.batch_alter_table('updates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_updates_at'))

    op.drop_table('updates')
    op.drop_table('unread_updates')
    with op.batch_alter_table('sign_in_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_links_school_id_address'))

    op.drop_table('sign_in_links')
    op.drop_table('people')
    with op.batch_alter_table('leavers', schema=None) as batch_op:
        batch_op.drop_index('ix_leavers_whole')
        batch_op.drop_index('ix_leavers_cohort')

    op.drop_table('leavers')
    op.drop_table('class_codes')
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cases_school_id_lifecycle_state'))
        batch_op.drop_index(batch_op.f('ix_cases_above_id'))

    op.drop_table('cases')
    with op.batch_alter_table('case_events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_events_case_id'))

    op.drop_table('case_events')
    op.drop_table('budgets')
