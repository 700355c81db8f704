#!/usr/bin/env bash
# Runs one Apache Kafka broker (KRaft, broker and controller in one process) on
# 127.0.0.1, for tests. Not for production: one node, nothing replicated.
#
#   deploy/kafka/run.sh PORT DATADIR
#
# Needs Java 17 or later, and Maven once, to fetch the jars. The broker replaces
# this shell, so signals reach it. DATADIR is kept: run again with it and the
# broker has its data. KAFKA_VERSION=3.9.2 runs another version than pom.xml's.
# BEHIND=PORT:PROXY makes it listen on a second port too, and tell who connects
# there that it is at port PROXY: where something stands in between.
# LISTENERS="NAME:PROTOCOL:PORT ..." adds listeners (PROTOCOL as SASL_SSL), and
# SETTINGS lines to server.properties.
set -euo pipefail

if [ $# -ne 2 ]; then
	echo "usage: $0 PORT DATADIR" >&2
	exit 2
fi
port=$1
data=$2
here=$(cd "$(dirname "$0")" && pwd)
pom_version=$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' "$here/pom.xml")
version=${KAFKA_VERSION:-$pom_version}
jars=$here/target/$version

# Fetched beside and moved into place, so that two of us may do it at once.
if [ ! -d "$jars" ]; then
	part=$jars.part.$$
	mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
		-Dkafka.version="$version" -DoutputDirectory="$part" >&2
	[ -d "$jars" ] && rm -rf "$part" || mv "$part" "$jars"
fi

# A port that nobody listens on, below the range that systems hand out.
free_port() {
	local p=$((20000 + RANDOM % 10000))
	while (: <"/dev/tcp/127.0.0.1/$p") 2>/dev/null; do p=$((p + 1)); done
	echo "$p"
}

listeners=PLAINTEXT://127.0.0.1:$port
advertised=$listeners
if [ -n "${BEHIND:-}" ]; then
	listeners+=,BEHIND://127.0.0.1:${BEHIND%:*}
	advertised+=,BEHIND://127.0.0.1:${BEHIND#*:}
fi

protocols=PLAINTEXT:PLAINTEXT,BEHIND:PLAINTEXT,CONTROLLER:PLAINTEXT
for listener in ${LISTENERS:-}; do
	IFS=: read -r name protocol number <<<"$listener"
	listeners+=,$name://127.0.0.1:$number
	advertised+=,$name://127.0.0.1:$number
	protocols+=,$name:$protocol
done

mkdir -p "$data"
if [ ! -f "$data/controller.port" ]; then
	free_port >"$data/controller.port"
fi
controller=$(cat "$data/controller.port")

cat >"$data/server.properties" <<EOF
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=$listeners,CONTROLLER://127.0.0.1:$controller
advertised.listeners=$advertised
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=$protocols
log.dirs=$data/log
num.partitions=1
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
auto.create.topics.enable=false
message.max.bytes=12582912
log.cleaner.dedupe.buffer.size=16777216
${SETTINGS:-}
EOF

if [ ! -f "$data/log/meta.properties" ]; then
	java -cp "$jars/*" -Dlog4j2.configurationFile="$here/log4j2.xml" \
		-Xmx128m -XX:TieredStopAtLevel=1 kafka.tools.StorageTool format \
		--cluster-id sitrepsitrepsitrepsitr --config "$data/server.properties" >&2
fi

exec java -cp "$jars/*" -Dlog4j2.configurationFile="$here/log4j2.xml" \
	-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
	kafka.Kafka "$data/server.properties"
