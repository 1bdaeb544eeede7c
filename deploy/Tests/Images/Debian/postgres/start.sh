#!/bin/sh
set -eu
PATH=$(echo /usr/lib/postgresql/*/bin):$PATH

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf %s "$POSTGRES_PASSWORD" >/tmp/password
  # shellcheck disable=SC2086 # several arguments
  initdb --pgdata "$PGDATA" --username "$POSTGRES_USER" --pwfile /tmp/password ${POSTGRES_INITDB_ARGS-}
  rm /tmp/password
  echo "host all all all ${POSTGRES_HOST_AUTH_METHOD-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
fi

exec postgres -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql "$@"
