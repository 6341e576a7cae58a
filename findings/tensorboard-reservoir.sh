#!/usr/bin/env bash
# TensorBoard 2.21.0: its own loader of event files, EventAccumulator, keeps 10 000 points of a scalar series by default, a sample by chance with the last point always in it, and says nothing:
# of 20 000 points written it returns 10 000, with gaps of 1 to about 15 steps where all were 1. A jump in the series moves by the gap, and counts over steps are wrong.
# Way round: size_guidance={"scalars": 0} keeps all. A series of exactly 10 000 points at uneven steps is likely such a sample.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet tensorboard==2.21.0 "setuptools<81"
venv/bin/python - <<'PYTHON'
import glob

import tensorboard
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.event_file_writer import EventFileWriter

print("tensorboard", tensorboard.__version__)
writer = EventFileWriter("log")
for step in range(20_000):
    summary = summary_pb2.Summary()
    summary.value.add(tag="loss", simple_value=1.0)
    writer.add_event(event_pb2.Event(wall_time=float(step), step=step, summary=summary))
writer.close()
[path] = glob.glob("log/*")
counts = {}
for name, options in {"defaults": {}, "size guidance 0": {"size_guidance": {"scalars": 0}}}.items():
    accumulator = EventAccumulator(path, **options)
    accumulator.Reload()
    steps = [each.step for each in accumulator.Scalars("loss")]
    gaps = sorted({after - before for before, after in zip(steps, steps[1:])})
    counts[name] = len(steps)
    print(f"{name}: {len(steps)} points, the last at step {steps[-1]}, gaps {gaps}")
assert counts == {"defaults": 10_000, "size guidance 0": 20_000}, "the loader keeps other numbers of points now"
PYTHON
