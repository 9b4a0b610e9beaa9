#!/bin/sh
# A streaming replica: copies the primary when there is nothing yet, and follows it from then on. PGHOST, PGPORT, PGUSER
# and PGPASSWORD say where the primary is and as whom; what is given to the script is given to the server.
set -eu

if [ ! -e "$PGDATA" ]; then
  # Beside it, so that a copy that was cut off is never taken for a whole one.
  rm -rf "$PGDATA.draft"
  pg_basebackup --pgdata="$PGDATA.draft" --wal-method=stream --slot=standby --write-recovery-conf --checkpoint=fast
  mv "$PGDATA.draft" "$PGDATA"
fi
unset PGHOST PGPORT PGUSER PGPASSWORD
exec postgres -D "$PGDATA" "$@"
