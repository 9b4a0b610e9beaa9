#!/bin/sh
# What compose.scale.yaml needs beside the roles of roles.sql: the image runs it once, after that, on an empty volume.
set -eu

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\getenv replication_password POSTGRES_REPLICATION_PASSWORD
-- Copies the primary and follows it, and can do nothing else.
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication_password';
SELECT pg_create_physical_replication_slot('standby');
-- The backend asks for these itself, but a pooler in transaction mode does not pass them on.
ALTER ROLE app SET statement_timeout = '2s';
ALTER ROLE app SET idle_in_transaction_session_timeout = '5s';
SQL

echo 'host replication replicator samenet scram-sha-256' >>"$PGDATA/pg_hba.conf"
