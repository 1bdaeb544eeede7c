#!/usr/bin/env bash
# Runs PostgreSQL in the foreground on a loopback port. PostgreSQL refuses to run as root, so root starts it as user postgres.

# shellcheck source=ShopFlow.AppHost/Native/server.sh
. "$(dirname "$0")/server.sh"

as_owner=()
if [[ $(id -u) == 0 ]]; then
  id postgres >/dev/null 2>&1 || fail "user postgres does not exist. Run ./shopflow setup."
  as_owner=(setpriv --reuid postgres --regid postgres --init-groups --inh-caps -all)
fi

newest_first() { printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -t/ -k5,5nr; }

# The data was made by one major version and only that one can read it.
find_binaries() {
  local version candidates
  if [[ -s $cluster/PG_VERSION ]]; then
    version=$(<"$cluster/PG_VERSION")
    postgres=/usr/lib/postgresql/$version/bin/postgres
    if [[ ! -x $postgres ]]; then
      postgres=$(find_program postgres)
      [[ $("$postgres" --version) == *" $version"[.\ ]* ]] ||
        fail "the data in $cluster belongs to PostgreSQL $version, which is not installed. Install postgresql-$version, or run ./shopflow reset."
    fi
  else
    mapfile -t candidates < <(newest_first postgres)
    postgres=$(find_program postgres "${candidates[@]}")
  fi
  postgres=$(readlink -f "$postgres")
}

# A checkout in a folder that only root may enter (/root, mktemp -d) is out of reach for user postgres. Then the data lives in
# /var/lib/shopflow and the data folder holds a link to it.
place_data() {
  folder=$SHOPFLOW_DATA
  if [[ ${#as_owner[@]} == 0 ]]; then
    mkdir -p "$folder"
  elif [[ -L $folder && -d $folder ]]; then
    folder=$(readlink -f "$folder")
  elif mkdir -p "$folder" && chown postgres: "$folder" && "${as_owner[@]}" test -w "$folder" 2>/dev/null; then
    :
  else
    local digest elsewhere
    digest=$(printf '%s' "$SHOPFLOW_DATA" | sha256sum)
    elsewhere=/var/lib/shopflow/${digest:0:16}
    if [[ -e $elsewhere ]]; then
      say "removing $elsewhere, left behind by an earlier checkout at this path"
      rm -rf "$elsewhere"
    fi
    install -d -m 755 /var/lib/shopflow
    install -d -m 700 -o postgres -g postgres "$elsewhere"
    rm -rf "$SHOPFLOW_DATA"
    ln -s "$elsewhere" "$SHOPFLOW_DATA"
    say "user postgres cannot reach $SHOPFLOW_DATA: the data is in $elsewhere"
    folder=$elsewhere
  fi
  cluster=$folder/cluster
  password_digest=$folder/password.sha256
}

digest_of_password() { printf '%s' "$SHOPFLOW_PASSWORD" | sha256sum | cut -d' ' -f1; }

# Made beside the final place and renamed, so that an interrupted first run leaves nothing that looks complete.
create_cluster() {
  say "creating the database cluster in $cluster"
  "${as_owner[@]}" rm -rf "$cluster.new"
  local locale=C
  if locale -a 2>/dev/null | grep -qix 'c.utf-\?8'; then locale=C.UTF-8; fi
  printf '%s\n' "$SHOPFLOW_PASSWORD" | "${as_owner[@]}" tee "$folder/password.new" >/dev/null
  "${as_owner[@]}" "$(dirname "$postgres")/initdb" --pgdata "$cluster.new" --username postgres --pwfile "$folder/password.new" \
    --auth-host scram-sha-256 --auth-local scram-sha-256 --encoding UTF8 --locale "$locale" >/dev/null
  rm -f "$folder/password.new"
  digest_of_password | "${as_owner[@]}" tee "$password_digest" >/dev/null
  "${as_owner[@]}" mv "$cluster.new" "$cluster"
}

# Single-user mode needs no password, so the parameter wins over what the data remembers.
set_password() {
  say "the password parameter changed: setting the new one"
  local literal=${SHOPFLOW_PASSWORD//\'/\'\'}
  printf "SET standard_conforming_strings = on;\nALTER ROLE postgres PASSWORD '%s';\n" "$literal" |
    "${as_owner[@]}" "$postgres" --single -D "$cluster" postgres >/dev/null
  digest_of_password | "${as_owner[@]}" tee "$password_digest" >/dev/null
}

# After a kill -9 the old server may still be on its way out, or its process id may belong to another program by now.
clear_previous_server() {
  local pid
  [[ -s $cluster/postmaster.pid ]] || return 0
  pid=$(head -n1 "$cluster/postmaster.pid")
  for _ in {1..50}; do
    [[ $(command_of "$pid") == *"$cluster"* ]] || break
    kill -QUIT "$pid" 2>/dev/null || true
    sleep 0.1
  done
  [[ $(command_of "$pid") != *"$cluster"* ]] || fail "an earlier PostgreSQL (process $pid) still uses $cluster. Stop it, then start again."
  rm -f "$cluster/postmaster.pid"
}

place_data
find_binaries

if [[ ! -d $cluster ]]; then
  create_cluster
elif [[ ! -s $cluster/PG_VERSION || ! -s $cluster/global/pg_control ]]; then
  fail "the data in $cluster is damaged: PG_VERSION or pg_control is missing. './shopflow reset' deletes it and the next start makes it anew."
fi
clear_previous_server
[[ $(cat "$password_digest" 2>/dev/null) == "$(digest_of_password)" ]] || set_password

settings=(
  listen_addresses=127.0.0.1
  port="$SHOPFLOW_PORT"
  unix_socket_directories=
  fsync=on
  synchronous_commit=on
  shared_buffers=128MB
  max_connections=200
  max_wal_size=512MB
  wal_compression=on
  checkpoint_timeout=15min
  jit=off
  max_parallel_workers_per_gather=0
)

# SIGINT is PostgreSQL's fast shutdown: it ends the sessions instead of waiting for them.
tied_to_this_script INT
"${as_owner[@]}" "${tied[@]}" "$postgres" -D "$cluster" "${settings[@]/#/--}" &
supervise INT $! 5
