"""Somebody without an account at the public page, whose browser keeps nothing: each page is the answer to the one before."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.forms_on_pages import hidden_in

TELL_US, BEGIN, FORM, COME_BACK = (
    "/concerns/tell-us/",
    "/concerns/tell-us/begin/",
    "/concerns/tell-us/form/",
    "/concerns/tell-us/come-back/",
)
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){3}")
PAGES = [
    {"about": "place", "raises": "resident", "about_a_professional": "no"},
    {"immediate_danger": "no", "what_worries": "Cars come at night and girls get out."},
    {"detail_name": "The car park behind the old mill", "detail_who": "Girls of about 14"},
    {"name_1_description": "driver of a silver hatchback"},
    {"ref_name": "", "ref_phone": ""},
]


class Stranger:
    """Somebody at a browser that keeps nothing."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)
        self.page = self.client.post(BEGIN)
        self.pages = [self.page]

    def send(self, boxes: dict, then: str = "next"):
        hidden = hidden_in(self.page.content.decode(), FORM)
        self.page = self.client.post(FORM, {**hidden, "then": then, **boxes})
        self.pages.append(self.page)
        return self

    @property
    def text(self) -> str:
        return self.page.content.decode()

    def whole(self):
        for boxes in PAGES:
            self.send(boxes)
        return self

    def to_files(self):
        """From the check page to the page of pictures and documents."""
        return self.send({}, then="files")

    def adds(self, name: str, content: bytes, then: str = "add"):
        return self.send({"file": SimpleUploadedFile(name, content)}, then=then)

    def sent(self) -> str:
        """The code of the receipt."""
        hidden = _check_form(self.text)
        self.page = self.client.post(FORM, {**hidden, "then": "send"})
        self.pages.append(self.page)
        return CODE.search(self.text)[0]


def _check_form(page: str) -> dict:
    [last] = re.findall(r"<form(?:(?!<form).)*opened_on.*?</form>", page, re.DOTALL)
    return hidden_in(last, FORM)
