"""Makes the tables and the clients, tells whoever started the process, and becomes gunicorn."""

import json
import os
import secrets
import sys

CLIENTS = 64

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench_settings")
os.environ.setdefault("DJANGO_SECRET_KEY", secrets.token_urlsafe(48))


def main():
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection
    from rest_framework.authtoken.models import Token

    call_command("migrate", verbosity=0)
    tokens = [Token.objects.create(user=User.objects.create(username=f"person{i}")) for i in range(CLIENTS)]
    connection.close()
    port = int(os.environ["PORT"])
    clients = [{"authorization": f"Token {token.key}"} for token in tokens]
    print("READY " + json.dumps({"port": port, "clients": clients}), flush=True)
    workers = ["--workers", "3", "--worker-class", "gthread", "--threads", "8", "--keep-alive", "60"]
    command = [sys.executable, "-B", "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"]
    command += ["--chdir", os.path.dirname(__file__), *workers]
    os.execv(sys.executable, [*command, "--log-level", "warning", "bench_wsgi:application"])


main()
