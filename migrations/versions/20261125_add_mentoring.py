"""Add mentoring: mentors, their places, the requests they got, wishes and expectations."""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table('expectations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('is_after', sa.Boolean(), nullable=False),
    sa.Column('pay', sa.Integer(), nullable=True),
    sa.Column('months', sa.Integer(), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_expectations_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expectations'))
    )
    op.create_index(op.f('ix_expectations_person_id'), 'expectations', ['person_id'], unique=False)
    op.create_table('mentor_asks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('mentor_id', sa.BigInteger(), nullable=False),
    sa.Column('student_id', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', sa.BigInteger(), nullable=False),
    sa.Column('answered_at', sa.BigInteger(), nullable=True),
    sa.Column('accepted_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['mentor_id'], ['people.id'], name=op.f('fk_mentor_asks_mentor_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['student_id'], ['people.id'], name=op.f('fk_mentor_asks_student_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_asks'))
    )
    op.create_index(op.f('ix_mentor_asks_mentor_id_asked_at'), 'mentor_asks', ['mentor_id', 'asked_at'], unique=False)
    op.create_index(op.f('ix_mentor_asks_student_id'), 'mentor_asks', ['student_id'], unique=False)
    op.create_table('mentor_places',
    sa.Column('mentor_id', sa.BigInteger(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('student_id', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('taken_at', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('place BETWEEN 1 AND 3', name=op.f('ck_mentor_places_place')),
    sa.ForeignKeyConstraint(['mentor_id'], ['people.id'], name=op.f('fk_mentor_places_mentor_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['student_id'], ['people.id'], name=op.f('fk_mentor_places_student_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('mentor_id', 'place', name=op.f('pk_mentor_places'))
    )
    op.create_index(op.f('ix_mentor_places_student_id'), 'mentor_places', ['student_id'], unique=False)
    op.create_index('uq_mentor_places_asked', 'mentor_places', ['mentor_id'], unique=True, sqlite_where=sa.text('taken_at IS NULL'), postgresql_where=sa.text('taken_at IS NULL'))
    op.create_table('mentors',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('offer', sa.Text(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('rests_until', sa.BigInteger(), nullable=True),
    sa.Column('silences', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mentors_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_mentors'))
    )
    op.create_table('wishes',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('school_id', sa.String(length=40), nullable=False),
    sa.Column('wish', sa.Text(), nullable=False),
    sa.Column('told_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_wishes_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_wishes'))
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table('wishes')
    op.drop_table('mentors')
    op.drop_index('uq_mentor_places_asked', table_name='mentor_places', sqlite_where=sa.text('taken_at IS NULL'), postgresql_where=sa.text('taken_at IS NULL'))
    op.drop_index(op.f('ix_mentor_places_student_id'), table_name='mentor_places')
    op.drop_table('mentor_places')
    op.drop_index(op.f('ix_mentor_asks_student_id'), table_name='mentor_asks')
    op.drop_index(op.f('ix_mentor_asks_mentor_id_asked_at'), table_name='mentor_asks')
    op.drop_table('mentor_asks')
    op.drop_index(op.f('ix_expectations_person_id'), table_name='expectations')
    op.drop_table('expectations')
