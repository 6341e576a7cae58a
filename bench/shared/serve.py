"""Answers requests on standard input, one JSON object per line, with one line each; serve.ts does the same.

A workload has `units` (evaluations or steps per call), `check()` (numbers that every engine must agree on) and
`run(calls)`. A time is CPU time of the whole process, in microseconds per unit, over enough calls to last `seconds`.
"""

import gc
import json
import math
import sys
import time
import traceback


def measure(entry, seconds):
    workload = entry["workload"]
    while True:
        calls = entry["calls"]
        before = time.process_time()
        workload.run(calls)
        spent = time.process_time() - before
        if spent >= seconds:
            return 1e6 * spent / (calls * workload.units)
        entry["calls"] = math.ceil(calls * min(10, max(1.2, 1.2 * seconds / max(spent, 1e-6))))


def serve(versions, workloads):
    # Libraries may print; only the protocol goes to the standard output.
    out, sys.stdout = sys.stdout, sys.stderr
    # `calls` is what the last measurement needed, so that the next one starts there.
    entries = {}

    def answer(request):
        key = request["key"]
        if request["do"] == "open":
            entries[key] = {"workload": workloads[request["workload"]](**request["settings"]), "calls": 1}
        elif request["do"] == "check":
            return entries[key]["workload"].check()
        elif request["do"] == "time":
            return measure(entries[key], request["seconds"])
        elif request["do"] == "close":
            del entries[key]
            gc.collect()

    def say(line):
        print(json.dumps(line), file=out, flush=True)

    say({"value": versions})
    for line in sys.stdin:
        try:
            say({"value": answer(json.loads(line))})
        except Exception:
            say({"error": traceback.format_exc()})
