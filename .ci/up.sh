#!/usr/bin/env bash
# Runs `npm run up` as a person does: waits for the login page, then presses Ctrl-C and looks that nothing stays behind.
set -euo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
login=https://app.localhost:8443/

# A session of its own, so that one signal reaches the whole process group, as a terminal's Ctrl-C does.
setsid npm run up >"$log" 2>&1 &
up=$!
fail() {
  echo "npm run up: $1" >&2
  cat "$log" >&2
  kill -KILL -- "-$up" 2>/dev/null || true
  exit 1
}

for ((i = 0; i < 600; i++)); do
  kill -0 "$up" 2>/dev/null || fail 'ended before the login page answered'
  ! page=$(curl --silent --insecure --location --cookie '' --resolve '*:8444:127.0.0.1' --resolve '*:8443:127.0.0.1' "$login") || break
  sleep 0.5
done
grep -qi 'name="password"' <<<"${page:-}" || fail 'the login page did not answer'
for ((i = 0; i < 100; i++)); do
  ! grep -q 'Gatehouse is ready' "$log" || break
  sleep 0.1
done
grep -q 'alice' "$log" || fail 'the demo users were not printed'

kill -INT -- "-$up"
for ((i = 0; i < 100; i++)); do
  kill -0 "$up" 2>/dev/null || break
  sleep 0.1
done
! kill -0 "$up" 2>/dev/null || fail 'did not end on Ctrl-C'
! curl --silent --insecure --resolve '*:8443:127.0.0.1' "$login" >/dev/null || fail 'still serves after Ctrl-C'
echo 'npm run up: served the login page, and ended on Ctrl-C'
