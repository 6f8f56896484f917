#!/usr/bin/env bash
# A real calendar server of its own (Debian's radicale) on loopback, with a calendar of campaigns in it: for tests.
# Says `URL=…`, `USER=…` and `PASSWORD=…`, then "ready"; at the end of its input the server ends and everything is removed.
# Ends with 77 where Radicale cannot be had (Debian: radicale curl).
set -euo pipefail

for program in python3 curl; do command -v "$program" >/dev/null || exit 77; done
# The system's own: another python may come first.
python=/usr/bin/python3
"$python" -c 'import radicale' 2>/dev/null || exit 77

folder=$(mktemp -d "${TMPDIR:-/tmp}/tiendo-radicale.XXXXXX")
server=
finish() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
url=http://127.0.0.1:$port
umask 077
printf 'lich:%s\n' "$password" >"$folder/users"
cat >"$folder/config" <<EOF
[server]
hosts = 127.0.0.1:$port
[auth]
type = htpasswd
htpasswd_filename = $folder/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = $folder/collections
EOF
"$python" -m radicale --config "$folder/config" >"$folder/log" 2>&1 </dev/null &
server=$!
for _ in $(seq 100); do
    if curl -fsS -o /dev/null --max-time 2 "$url/" 2>/dev/null; then break; fi
    kill -0 "$server" 2>/dev/null || { tail -5 "$folder/log" >&2; exit 1; }
    sleep 0.2
done
curl -fsS -o /dev/null -u "lich:$password" -X MKCALENDAR "$url/lich/chien-dich/"
echo "URL=$url/lich/chien-dich/"
echo "USER=lich"
echo "PASSWORD=$password"
echo ready
cat >/dev/null
