"""普查年报 — a whole corpus read, checked and asked: figures, findings and reports as Parquet (条例 第五十条).

Needs the extra `survey`. Stands above everything else that is known of reports.
"""

from gongkai.report.survey.asking import Answer, AskingError, ask, plain, questions
from gongkai.report.survey.running import Step, Survey, SurveyError, survey
from gongkai.report.survey.tables import tables
from gongkai.report.survey.workers import default_count

__all__ = [
    "Answer",
    "AskingError",
    "Step",
    "Survey",
    "SurveyError",
    "ask",
    "default_count",
    "plain",
    "questions",
    "survey",
    "tables",
]
