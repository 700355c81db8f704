"""Reads annotated articles and writes what spaCy's small English model finds in them, for
sitrep evaluate GOLD --pred FILE. Needs: pip install spacy, and the model en_core_web_sm.

  python3 docs/compare-spacy.py GOLD.jsonl > FILE
"""

import json
import sys

import spacy

TYPES = {"PERSON": "PERSON", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "ORG": "ORG"}


def spans(doc):
    for e in doc.ents:
        if e.label_ not in TYPES:
            continue
        start, end = e.start_char, e.end_char
        if e.text.endswith(("'s", "’s")):  # the gold leaves the possessive out
            end -= 2
        if TYPES[e.label_] == "PLACE" and e.text.lower().startswith("the "):
            start += 4
        yield {"start": start, "end": end, "type": TYPES[e.label_], "value": None, "text": doc.text[start:end]}


nlp = spacy.load(sys.argv[2] if len(sys.argv) > 2 else "en_core_web_sm")
for line in open(sys.argv[1], encoding="utf-8"):
    d = json.loads(line)
    print(json.dumps({"id": d["id"], "published": None, "spans": list(spans(nlp(d["text"]))), "events": None}))
