"""办理 — what is done with bodies, people, appointments and accounts; each is journalled (条例 第四条)."""

from gongkai.web.bodies.actions.accounts import (
    change_password,
    confirm_second_factor,
    prepare_second_factor,
    put_off_second_factor,
    sign_out_everywhere,
)
from gongkai.web.bodies.actions.appointing import appoint, end_appointment
from gongkai.web.bodies.actions.binding import bind_openid, unbind_openid
from gongkai.web.bodies.actions.consenting import answer_consent, ask_consent
from gongkai.web.bodies.actions.keeping_bodies import add_body, add_office, edit_body, name_disclosure_office
from gongkai.web.bodies.actions.lost_phones import replace_lost
from gongkai.web.bodies.actions.people import (
    add_staff,
    disable_staff,
    edit_staff,
    enable_staff,
    end_visits_of,
    erase_person,
    reset_password,
    reset_second_factor,
    unlock,
)
from gongkai.web.bodies.actions.setting_up import end_settling, set_up

__all__ = [
    "add_body",
    "add_office",
    "add_staff",
    "answer_consent",
    "appoint",
    "ask_consent",
    "bind_openid",
    "change_password",
    "confirm_second_factor",
    "disable_staff",
    "edit_body",
    "edit_staff",
    "enable_staff",
    "end_appointment",
    "end_settling",
    "end_visits_of",
    "erase_person",
    "name_disclosure_office",
    "prepare_second_factor",
    "put_off_second_factor",
    "replace_lost",
    "reset_password",
    "reset_second_factor",
    "set_up",
    "sign_out_everywhere",
    "unbind_openid",
    "unlock",
]
