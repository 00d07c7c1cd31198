"""Careers with words: from records and codes to schemas."""

from models import career as next_posts
from mutasi import career
from mutasi.i18n import render, word
from serving.careers.schemas import (
    Competence,
    Education,
    Gap,
    Grade,
    Post,
    Rating,
    Step,
    Steps,
    Target,
    Timeline,
    Training,
)
from serving.nouns import Person
from serving.telling import Teller, word_of

DIGITS = 1
"""Decimals of a percentage."""


def timeline_in_words(found: career.Career, language: str) -> Timeline:
    """Return what is on record of a person, its codes in words."""
    form = "contract" if found.is_contract else "civil"
    return Timeline(
        as_of=found.as_of,
        employee=Person(found.employee_id, found.employee_name),
        posts=[Post(**vars(one)) for one in found.posts],
        grades=[
            Grade(render(f"career.grade_{form}", language, grade=one.grade), one.since)
            for one in found.grades
        ],
        ratings=[_rating(one, language) for one in found.ratings],
        educations=[
            Education(
                level=one.level,
                level_name=word("education", str(one.level), language),
                graduated_on=one.graduated_on,
                field=one.field,
                field_name=word_of("field", one.field, language),
                name=one.name,
            )
            for one in found.degrees
        ],
        trainings=[
            Training(**vars(one), function_name=word_of("function", one.function, language))
            for one in found.courses
        ],
    )


class Advisor(Teller):
    """Puts competence and next posts into words."""

    def target(self, found: next_posts.Competence) -> Target:
        """Return a person against the position that was asked about."""
        examined = found.examination
        return Target(
            as_of=examined.as_of,
            employee=Person(examined.employee_id, examined.employee_name),
            competence=self.competence(found),
        )

    def competence(self, found: next_posts.Competence) -> Competence:
        """Return a person against a position."""
        examined, match = found.examination, found.job_person_match
        return Competence(
            position=self.position(examined.position_id),
            is_eligible=examined.is_eligible,
            findings=[self.finding(one) for one in examined.findings],
            gaps=[
                Gap(**vars(one), competency_name=word("competency", one.competency, self.language))
                for one in found.gaps
            ],
            eligible_on=examined.eligible_on,
            job_person_match=None if match is None else round(match, DIGITS),
            assessed_on=found.assessed_on,
        )

    def steps(self, found: next_posts.Steps, person: Person) -> Steps:
        """Return the positions that come next for a person."""
        return Steps(
            as_of=self.recommender.snapshot.as_of,
            employee=person,
            present_title=found.present_title,
            moves=found.moves,
            steps=[
                Step(self.competence(one.competence), one.open, one.moves) for one in found.steps
            ],
            note=render("career.note", self.language),
        )


def _rating(one: career.Rating, language: str) -> Rating:
    predicate = None if one.predicate is None else str(one.predicate)
    return Rating(**vars(one), predicate_name=word_of("predicate", predicate, language))
