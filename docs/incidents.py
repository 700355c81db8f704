"""Prints how many incidents that others coded by hand for whole articles are among the events
of sitrep: the types of MUC-4's templates, and the flags of the ISAF press releases.

  sitrep extract -o annotations GOLD.jsonl > FOUND.jsonl
  python3 docs/incidents.py GOLD.jsonl FOUND.jsonl
"""

import collections
import json
import sys

MUC = {
    "ATTACK": {"attack", "strike", "clash"},
    "BOMBING": {"attack", "strike"},
    "ARSON": {"attack", "strike"},
    "KIDNAPPING": {"detain"},
    "HIJACKING": {"seize", "detain"},
    "ROBBERY": {"seize", "attack"},
    "FORCED WORK STOPPAGE": {"protest", "coerce", "attack"},
}


def incidents(gold, events):
    """The incidents of one article, each with whether events hold it."""
    types = {e["type"] for e in events}
    for g in gold:
        for t in g.get("incident.type", []):
            for name in t.split(" / "):
                if name in MUC:
                    yield name, bool(types & MUC[name])
        if g.get("airstrike"):
            yield "air strike: a strike", "strike" in types
        if g.get("min_captured"):
            yield "capture: a detain", "detain" in types
        if g.get("min_killed"):
            yield "kill: an event with a killed count", any(c["what"] == "killed" for e in events for c in e["counts"])
        if g.get("start_date"):
            yield "start date: an event of that day", any((e["date"] or "")[:10] == g["start_date"] for e in events)


def main(gold, found):
    events = {d["id"]: d.get("events") or [] for d in map(json.loads, open(found, encoding="utf-8"))}
    all_, hit = collections.Counter(), collections.Counter()
    for d in map(json.loads, open(gold, encoding="utf-8")):
        for name, ok in dict.fromkeys(incidents(d.get("events") or [], events.get(d["id"], []))):
            all_[name] += 1
            hit[name] += ok
    for name, n in all_.most_common():
        print(f"{name:36}  {hit[name] / n:.3f}  {hit[name]} of {n}")
    print(f"{'all':36}  {sum(hit.values()) / sum(all_.values()):.3f}  {sum(hit.values())} of {sum(all_.values())}")


main(*sys.argv[1:])
