# PgBouncer 1.24 as Debian has it. The password is written to memory alone, when the container starts.
FROM debian:trixie-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends pgbouncer \
  && rm -rf /var/lib/apt/lists/*
COPY pgbouncer/pgbouncer.ini /etc/pgbouncer/pgbouncer.ini
USER 1000:1000
EXPOSE 6432
CMD ["sh", "-c", "umask 077 && printf '\"app\" \"%s\"\\n' \"$POSTGRES_APP_PASSWORD\" >/tmp/users.txt && exec pgbouncer /etc/pgbouncer/pgbouncer.ini"]
