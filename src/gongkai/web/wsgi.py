"""平台入口 — the WSGI application; what has to be running beside it is started with it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
application = get_wsgi_application()

from gongkai.documents.isolation import end_with_parent  # noqa: E402
from gongkai.web.annual import jobs  # noqa: E402 — the room may be imported once Django is set up

end_with_parent()
jobs.start()
