"""The WSGI application that the server runs."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "belong.site.settings")
application = get_wsgi_application()

# Everything that lives as long as the process is loaded now, not on the first person's first page, and then left out
# of garbage collection: going through it again took up to a tenth of a second in the middle of somebody's page.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
