"""接口 — as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """接口 — tokens, and answers given to be given again."""

    name = "gongkai.web.api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """启动 — what is purged is forgotten here too (保密法 第四十七条)."""
        # Models are there only now.
        from gongkai.web.api.actions import forget_answers_of  # noqa: PLC0415
        from gongkai.web.holdings.actions import purging  # noqa: PLC0415

        if forget_answers_of not in purging.ELSEWHERE:
            purging.ELSEWHERE.append(forget_answers_of)
