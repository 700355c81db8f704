#!/usr/bin/env bash
# Runs Apicurio Registry on 127.0.0.1, for tests: a schema registry that has
# Confluent's API under /apis/ccompat/v7. It keeps nothing.
#
#   deploy/registry/run.sh PORT
#
# Needs Java 17 or later, and Maven once, to fetch it. The registry replaces this
# shell, so signals reach it.
set -euo pipefail

if [ $# -ne 1 ]; then
	echo "usage: $0 PORT" >&2
	exit 2
fi
version=3.0.9 # 3.3.3 wants Java 21, and Debian 12 has 17
here=$(cd "$(dirname "$0")" && pwd)
app=$here/target/$version

# Fetched beside and moved into place, so that two of us may do it at once.
if [ ! -d "$app" ]; then
	part=$app.part.$$
	mkdir -p "$here/target" && cd "$here/target" # Maven leaves an empty directory where it stands
	mvn -q -B dependency:unpack -Dartifact=io.apicurio:apicurio-registry-app:$version:tar.gz:all \
		-DoutputDirectory="$part" >&2
	[ -d "$app" ] && rm -rf "$part" || mv "$part" "$app"
fi

cd "$app"
export QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$1 QUARKUS_LOG_LEVEL=WARN
exec java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar apicurio-registry-app-*-runner.jar
