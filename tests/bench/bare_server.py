"""The door to the bare page: Rowan's own, with nothing before the page and no other address."""

from django.conf import settings

from rowan.website.wsgi import application as rowan

settings.MIDDLEWARE, settings.ROOT_URLCONF = [], "tests.bench.bare_page"
application = type(rowan)()
