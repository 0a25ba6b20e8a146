"""网址 — signing in and out, the own account, people and bodies, the journal (条例 第四条、第四十五条)."""

from django.urls import path

from gongkai.web.bodies.views import (
    account,
    consenting,
    desk,
    journal,
    leaving,
    setting_up,
    signing_in,
    since,
    verifying,
)

app_name = "bodies"

urlpatterns = [
    path("set-up/", setting_up.set_up, name="set-up"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/code/", signing_in.code, name="code"),
    path("sign-in/lost/", signing_in.lost, name="lost"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/unbind/", account.unbind, name="unbind"),
    path("account/everywhere/", account.everywhere, name="everywhere"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("desk/leave/", leaving.leave, name="leave"),
    path("desk/bodies/", desk.bodies, name="bodies"),
    path("desk/bodies/new/", desk.new_body, name="new-body"),
    path("desk/settling/", consenting.end_settling, name="end-settling"),
    path("desk/bodies/<slug:slug>/", desk.body, name="body"),
    path("desk/bodies/<slug:slug>/edit/", desk.edit_body, name="edit-body"),
    path("desk/bodies/<slug:slug>/offices/", desk.offices, name="offices"),
    path("desk/bodies/<slug:slug>/staff/new/", desk.new_staff, name="new-staff"),
    path("desk/staff/<int:number>/", desk.staff, name="staff"),
    path("desk/staff/<int:number>/reset-password/", desk.ask_reset, name="ask-reset"),
    path("desk/consents/", consenting.consents, name="consents"),
    path("desk/journal/", journal.entries, name="journal"),
    path("desk/journal/verified/", verifying.verified, name="verified"),
    path("desk/journal/verified/findings.<slug:form>", verifying.found, name="found"),
    path("desk/journal/since/", since.since, name="since"),
    path("desk/journal/export/", journal.export, name="export"),
    path("desk/journal/<slug:chain>/<int:number>/", journal.entry, name="entry"),
]
