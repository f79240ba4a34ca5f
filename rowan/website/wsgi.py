"""The door the web server knocks on."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rowan.website.settings")
application = get_wsgi_application()

from rowan.access.reading import the_web_server_reads_nothing_by_itself
from rowan.website.ready import be_ready

the_web_server_reads_nothing_by_itself()
be_ready()
