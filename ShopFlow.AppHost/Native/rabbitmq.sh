#!/usr/bin/env bash
# Runs RabbitMQ in the foreground on loopback ports. Besides the common variables it needs
#   SHOPFLOW_DIST_PORT  for the Erlang distribution
#   SHOPFLOW_EPMD_PORT  for an Erlang port mapper of its own, so that nothing is shared with another RabbitMQ on this machine

# shellcheck source=ShopFlow.AppHost/Native/server.sh
. "$(dirname "$0")/server.sh"

: "${SHOPFLOW_DIST_PORT:?the port for the Erlang distribution}" "${SHOPFLOW_EPMD_PORT:?the port for the port mapper}"

rabbitmq=$(find_program rabbitmq-server /usr/lib/rabbitmq/bin/rabbitmq-server)
epmd=$(find_program epmd)
mkdir -p "$SHOPFLOW_DATA"

# The virtual host is the last thing that a first start makes before it listens. Without one nobody was ever served from this data:
# the first run was interrupted, and the next one starts over.
mnesia=$SHOPFLOW_DATA/mnesia
if [[ -d $mnesia ]] && ! compgen -G "$mnesia/*/msg_stores/vhosts/*/.vhost" >/dev/null; then
  say "the first run was interrupted: starting over, and keeping what it left in $mnesia.interrupted"
  rm -rf "$mnesia.interrupted"
  mv "$mnesia" "$mnesia.interrupted"
fi

# RabbitMQ's own format: base64 of a salt of 4 bytes and the SHA-256 of salt and password.
hash_of_password() {
  local salt digest
  salt=$(head -c 4 /dev/urandom | od -An -v -tx1 | sed 's/ /\\x/g')
  # shellcheck disable=SC2059 # the format is made of \xHH only
  digest=$({ printf "$salt"; printf '%s' "$SHOPFLOW_PASSWORD"; } | sha256sum | cut -d' ' -f1 | sed 's/../\\x&/g')
  # shellcheck disable=SC2059
  printf "$salt$digest" | base64 | tr -d '\n'
}

# Imported at every start, so the password is always the parameter's.
cat >"$SHOPFLOW_DATA/definitions.json" <<END
{
  "vhosts": [{ "name": "/" }],
  "users": [{
    "name": "guest", "tags": ["administrator"],
    "password_hash": "$(hash_of_password)", "hashing_algorithm": "rabbit_password_hashing_sha256"
  }],
  "permissions": [{ "user": "guest", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*" }]
}
END

erlang_string() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }

cat >"$SHOPFLOW_DATA/rabbitmq.config" <<END
[
  {rabbit, [
    {tcp_listeners, [{"127.0.0.1", $SHOPFLOW_PORT}]},
    {load_definitions, $(erlang_string "$SHOPFLOW_DATA/definitions.json")},
    {vm_memory_high_watermark, {absolute, 536870912}},
    {disk_free_limit, 50000000}
  ]},
  {ra, [{wal_max_size_bytes, 67108864}]}
].
END
echo '[].' >"$SHOPFLOW_DATA/enabled_plugins"

export HOME=$SHOPFLOW_DATA
export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$SHOPFLOW_EPMD_PORT
export RABBITMQ_NODENAME=shopflow@localhost RABBITMQ_DIST_PORT=$SHOPFLOW_DIST_PORT RABBITMQ_NODE_PORT=$SHOPFLOW_PORT
export RABBITMQ_CONFIG_FILE=$SHOPFLOW_DATA/rabbitmq.config RABBITMQ_CONF_ENV_FILE=$SHOPFLOW_DATA/none
export RABBITMQ_ENABLED_PLUGINS_FILE=$SHOPFLOW_DATA/enabled_plugins RABBITMQ_PID_FILE=$SHOPFLOW_DATA/pid
export RABBITMQ_MNESIA_BASE=$mnesia RABBITMQ_LOG_BASE=$SHOPFLOW_DATA/log RABBITMQ_LOGS=-
export RABBITMQ_MAX_NUMBER_OF_PROCESSES=100000
# Its script then turns into the server instead of waiting for one.
export RUNNING_UNDER_SYSTEMD=true
# Two schedulers that sleep instead of spinning: the machine has other work to do.
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+S 2:2 +SDcpu 1:1 +SDio 2 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}'

tied_to_this_script TERM

# Started by Erlang itself, the port mapper would outlive the broker.
"${tied[@]}" "$epmd" &
mapper=$!
trap 'kill "$mapper" 2>/dev/null && wait "$mapper" || true' EXIT

"${tied[@]}" "$rabbitmq" &
# While it starts, RabbitMQ listens to no signal.
supervise TERM $! 3
