"""网址 — whether the worker lives."""

from django.urls import path

from gongkai.web.worker import views

app_name = "worker"
urlpatterns = [path("health/worker/", views.health, name="health")]
