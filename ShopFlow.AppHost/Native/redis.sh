#!/usr/bin/env bash
# Runs Redis in the foreground on a loopback port, with every write in an append-only file.

# shellcheck source=ShopFlow.AppHost/Native/server.sh
. "$(dirname "$0")/server.sh"

redis=$(find_program redis-server)
mkdir -p "$SHOPFLOW_DATA/data"

# Written as \xHH, so that no character of the password or of the path can end the quotes.
quoted() { printf '"%s"' "$(printf '%s' "$1" | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g')"; }

cat >"$SHOPFLOW_DATA/redis.conf" <<END
bind 127.0.0.1
port $SHOPFLOW_PORT
requirepass $(quoted "$SHOPFLOW_PASSWORD")
dir $(quoted "$SHOPFLOW_DATA/data")
appendonly yes
save ""
END

tied_to_this_script TERM
"${tied[@]}" "$redis" "$SHOPFLOW_DATA/redis.conf" &
supervise TERM $! 4
