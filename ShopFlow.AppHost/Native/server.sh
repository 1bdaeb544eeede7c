# shellcheck shell=bash
# What the three servers have in common. Sourced by postgres.sh, rabbitmq.sh and redis.sh, which the orchestrator runs with
#   SHOPFLOW_DATA      the folder that this server may write to
#   SHOPFLOW_PORT      the loopback port to listen on
#   SHOPFLOW_PASSWORD  the password to accept; kept out of every command line

set -euo pipefail
umask 077

: "${SHOPFLOW_DATA:?the folder for the data}" "${SHOPFLOW_PORT:?the port to listen on}" "${SHOPFLOW_PASSWORD:?the password to accept}"

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# find_program NAME PATH...: prints the first PATH that exists, else NAME from the PATH variable.
find_program() {
  local name=$1 path
  shift
  for path in "$@"; do
    if [[ -x $path ]]; then
      printf '%s\n' "$path"
      return
    fi
  done
  command -v "$name" || fail "$name is not installed. Run ./shopflow setup, or use containers: ./shopflow up --resources containers."
}

# shellcheck disable=SC2034 # for the script that sources this one
# "${tied[@]}" put before a command: it gets the signal when this script is killed without a chance to tidy up. Linux only.
tied_to_this_script() {
  tied=()
  if setpriv --pdeathsig "$1" true 2>/dev/null; then tied=(setpriv --pdeathsig "$1"); fi
}

command_of() { tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || ps -o args= -p "$1" 2>/dev/null || true; }

# supervise SIGNAL PID SECONDS: waits for the server, and passes a request to stop on to it as SIGNAL. A server that takes longer is
# killed, which it recovers from at its next start; the orchestrator would do the same, but later.
supervise() {
  local signal=$1 server=$2 patience=$3 stopping='' status=0
  trap stop TERM INT HUP

  while kill -0 "$server" 2>/dev/null; do
    status=0
    wait "$server" || status=$?
  done

  if [[ -n $stopping ]]; then
    kill "$stopping" 2>/dev/null || true
    exit 0
  fi
  fail "the server ended by itself with exit code $status; its own messages are above." \
    "If they speak of damaged data, './shopflow reset' deletes everything under $SHOPFLOW_DATA and the next start makes it anew."
}

# Uses the variables of supervise, in which it runs.
stop() {
  [[ -z $stopping ]] || return 0
  kill -s "$signal" "$server" 2>/dev/null || true
  (
    trap 'kill "$!"' TERM
    sleep "$patience" &
    wait "$!" && kill -KILL "$server"
  ) 2>/dev/null &
  stopping=$!
}
