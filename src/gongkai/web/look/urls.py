"""网址 — preferences and health."""

from django.urls import path

from gongkai.web.look import health, views

app_name = "look"
urlpatterns = [
    path("health/", health.health, name="health"),
    path("prefer/", views.prefer, name="prefer"),
]
