"""Runs SQL in DuckDB or ClickHouse (chdb), inside this process.

warehouse.py duckdb|clickhouse < blocks of SQL as a JSON list > rows of the last
statement of each block as JSON
"""
import json
import sys


def duckdb():
    import duckdb

    database = duckdb.connect()

    def run(statement):
        return [["" if v is None else str(v) for v in row] for row in database.execute(statement).fetchall()]

    return run


def clickhouse():
    from chdb import session

    database = session.Session()
    database.query("CREATE DATABASE warehouse")
    database.query("USE warehouse")

    def run(statement):
        answer = database.query(statement, "JSONCompactStringsEachRow").data() or ""
        rows = [json.loads(line) for line in answer.splitlines() if line]
        return [["" if v == "ᴺᵁᴸᴸ" else v for v in row] for row in rows]

    return run


run = {"duckdb": duckdb, "clickhouse": clickhouse}[sys.argv[1]]()
results = []
for block in json.load(sys.stdin):
    for statement in block.split(";\n"):
        if statement.strip():
            rows = run(statement)
    results.append(rows)
json.dump(results, sys.stdout)
