#!/usr/bin/env bash
# A real PostgreSQL of its own, in a temporary directory, reached by a socket there: for tests.
# Says the directory on its first line, that of PostgreSQL's programs on its second. Reads commands, one a line, and says "done" after
# each: `crash`, `start`; `standby` makes another server that follows it, and waits for it with each commit; the socket of port 6000
# leads to the first one, after `turn` to that one, as an address does that is moved; `promote` has it take writes. At the end of its input the server ends, and everything is removed. Ends with 77 where PostgreSQL's server is not installed (Debian: postgresql).
set -euo pipefail

# The newest there is; Debian keeps it off the path.
initdb=$(find /usr/lib/postgresql /usr/local/pgsql /usr/pgsql-* -name initdb -path '*/bin/*' 2>/dev/null | sort -V | tail -1 || true)
[ -n "$initdb" ] || initdb=$(command -v initdb || true)
[ -n "$initdb" ] || exit 77
bin=$(dirname "$initdb")

# It refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || exit 77
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/tiendo-postgres.XXXXXX")
[ "$(id -u)" != 0 ] || chown postgres "$folder"
cd "$folder"
run() { "${as[@]}" "$@" >>"$folder/out" 2>&1 </dev/null; }
finish() {
    run "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop || true
    [ ! -d "$folder/standby" ] || run "$bin/pg_ctl" -D "$folder/standby" -m immediate -w stop || true
    rm -rf "$folder"
}
trap finish EXIT
touch "$folder/out"
[ "$(id -u)" != 0 ] || chown postgres "$folder/out"

run "$bin/initdb" -D "$folder/data" -U tiendo -E UTF8 --no-locale --auth=trust --no-sync
# One user must show a password.
{ echo 'local all guarded scram-sha-256'; cat "$folder/data/pg_hba.conf"; } >"$folder/hba"
cat "$folder/hba" >"$folder/data/pg_hba.conf"
cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 300
shared_buffers = 64MB
fsync = ${TIENDO_FSYNC:-off}
CONF
start() { run "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start; }
start
echo "$folder"
echo "$bin"
while read -r command; do
    case "$command" in
        crash) run "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop ;;
        start) start ;;
        standby)
            run "$bin/pg_basebackup" -h "$folder" -U tiendo -D "$folder/standby" -X stream -R -c fast
            echo 'port = 6001' >>"$folder/standby/postgresql.conf"
            run "$bin/pg_ctl" -D "$folder/standby" -l "$folder/standby-log" -w start
            run "$bin/psql" -h "$folder" -U tiendo -d postgres -c "ALTER SYSTEM SET synchronous_standby_names = '*'"
            run "$bin/psql" -h "$folder" -U tiendo -d postgres -c 'SELECT pg_reload_conf()'
            ln -s .s.PGSQL.5432 "$folder/.s.PGSQL.6000"
            ;;
        turn) ln -sf .s.PGSQL.6001 "$folder/.s.PGSQL.6000" ;;
        promote)
            # Nobody follows it in its turn.
            run "$bin/pg_ctl" -D "$folder/standby" -w promote
            run "$bin/psql" -h "$folder" -p 6001 -U tiendo -d postgres -c 'ALTER SYSTEM RESET synchronous_standby_names'
            run "$bin/psql" -h "$folder" -p 6001 -U tiendo -d postgres -c 'SELECT pg_reload_conf()'
            ;;
        *) exit 2 ;;
    esac
    echo done
done
