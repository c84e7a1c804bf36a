"""Add broadcasts: letters to many, and whom each is for."""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table('broadcasts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('listed_to', sa.BigInteger(), nullable=False),
    sa.Column('next_at', sa.BigInteger(), nullable=True),
    sa.Column('spread', sa.Integer(), nullable=True),
    sa.Column('begun_at', sa.BigInteger(), nullable=False),
    sa.Column('ended_at', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_broadcasts')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_broadcasts_case_id'), 'broadcasts', ['case_id'], unique=False)
    op.create_index('ix_broadcasts_running', 'broadcasts', ['school_id', 'id'], unique=False, sqlite_where=sa.text("state IN ('listing', 'sending')"), postgresql_where=sa.text("state IN ('listing', 'sending')"))
    op.create_table('recipients',
    sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('not_before', sa.BigInteger(), nullable=True),
    sa.Column('why', sa.String(length=20), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcasts.id'], name=op.f('fk_recipients_broadcast_id_broadcasts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recipients_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('broadcast_id', 'person_id', name=op.f('pk_recipients'))
    )
    op.create_index(op.f('ix_recipients_person_id'), 'recipients', ['person_id'], unique=False)
    op.create_index('ix_recipients_waiting', 'recipients', ['school_id', 'broadcast_id', 'person_id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_index('ix_recipients_on_their_way', 'recipients', ['school_id', 'broadcast_id', 'person_id'], unique=False, sqlite_where=sa.text("state IN ('handed', 'gathered')"), postgresql_where=sa.text("state IN ('handed', 'gathered')"))
    op.create_index('uq_consents_given', 'consents', ['school_id', 'purpose', 'person_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
    op.add_column('outbox', sa.Column('broadcast_id', sa.BigInteger(), nullable=True))
    op.create_index('ix_outbox_broadcast_id', 'outbox', ['broadcast_id', 'person_id'], unique=False, sqlite_where=sa.text('broadcast_id IS NOT NULL'), postgresql_where=sa.text('broadcast_id IS NOT NULL'))



def downgrade() -> None:
    """Change them back."""
    op.drop_index('ix_outbox_broadcast_id', table_name='outbox', sqlite_where=sa.text('broadcast_id IS NOT NULL'), postgresql_where=sa.text('broadcast_id IS NOT NULL'))
    op.drop_column('outbox', 'broadcast_id')
    op.drop_index('uq_consents_given', table_name='consents', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
    op.drop_index('ix_recipients_on_their_way', table_name='recipients', sqlite_where=sa.text("state IN ('handed', 'gathered')"), postgresql_where=sa.text("state IN ('handed', 'gathered')"))
    op.drop_index('ix_recipients_waiting', table_name='recipients', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index(op.f('ix_recipients_person_id'), table_name='recipients')
    op.drop_table('recipients')
    op.drop_index('ix_broadcasts_running', table_name='broadcasts', sqlite_where=sa.text("state IN ('listing', 'sending')"), postgresql_where=sa.text("state IN ('listing', 'sending')"))
    op.drop_index(op.f('ix_broadcasts_case_id'), table_name='broadcasts')
    op.drop_table('broadcasts')
