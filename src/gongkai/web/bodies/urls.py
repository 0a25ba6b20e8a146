"""网址 — signing in and out, the own account, people and bodies (条例 第四条)."""

from django.urls import path

from gongkai.web.bodies.views import account, signing_in

app_name = "bodies"

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/code/", signing_in.code, name="code"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
]
