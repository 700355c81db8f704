"""Runs SQL in DuckDB or ClickHouse (chdb), inside this process.

warehouse.py duckdb|clickhouse < statements as a JSON list > their rows as JSON
"""
import json
import sys

statements = json.load(sys.stdin)
results = []
if sys.argv[1] == "duckdb":
    import duckdb

    database = duckdb.connect()
    for statement in statements:
        cursor = database.execute(statement)
        results.append([["" if v is None else str(v) for v in row] for row in cursor.fetchall()])
else:
    from chdb import session

    database = session.Session()
    database.query("CREATE DATABASE warehouse")
    database.query("USE warehouse")
    for statement in statements:
        answer = database.query(statement, "JSONCompactStringsEachRow").data()
        rows = [json.loads(line) for line in answer.splitlines() if line]
        results.append([["" if v in (None, "ᴺᵁᴸᴸ") else v for v in row] for row in rows])
json.dump(results, sys.stdout)
