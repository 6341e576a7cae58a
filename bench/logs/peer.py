"""The peers' side of the benchmark of training logs.

    peer.py make FOLDER SCALARS     writes an event file by TensorBoard's own writer, and its values beside it
    peer.py events FILE             reads it by TensorBoard's own loader, everything kept; CPU seconds of that, and the values, as JSON
    peer.py csv FILE, peer.py jsonl FILE    the same by pandas
"""

import glob
import json
import sys
import time

import numpy as np


def make(folder, scalars):
    from tensorboard.compat.proto import event_pb2, summary_pb2
    from tensorboard.summary.writer.event_file_writer import EventFileWriter

    random = np.random.default_rng(1)
    writer = EventFileWriter(folder)
    tags = ["train/loss", "train/accuracy", "learning_rate", "gradient_norm"]
    for step in range(int(scalars) // len(tags)):
        for tag in tags:
            summary = summary_pb2.Summary()
            summary.value.add(tag=tag, simple_value=random.random())
            writer.add_event(event_pb2.Event(wall_time=1.7e9 + 0.37 * step, step=step, summary=summary))
    writer.close()
    return glob.glob(f"{folder}/*tfevents*")[0]


def timed(read):
    start = time.process_time()
    values = read()
    return time.process_time() - start, values


def events(path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    def read():
        accumulator = EventAccumulator(path, size_guidance={"scalars": 0})
        accumulator.Reload()
        return {tag: accumulator.Scalars(tag) for tag in accumulator.Tags()["scalars"]}

    cpu, read_values = timed(read)
    return cpu, {tag: [sum(each.step for each in all), float(np.sum([each.value for each in all])), len(all)] for tag, all in read_values.items()}


def table(path, kind):
    import pandas

    read = pandas.read_csv if kind == "csv" else lambda name: pandas.read_json(name, lines=True, precise_float=True, convert_dates=False)
    cpu, frame = timed(lambda: read(path))
    return cpu, {name: [float(frame["step"][frame[name].notna()].sum()), float(frame[name].sum()), int(frame[name].notna().sum())] for name in frame.columns if name != "step"}


what, path, *rest = sys.argv[1:]
if what == "make":
    print(json.dumps({"path": make(path, *rest)}))
else:
    cpu, sums = events(path) if what == "events" else table(path, what)
    import pandas
    import tensorboard

    print(json.dumps({"cpu": cpu, "sums": sums, "versions": {"tensorboard": tensorboard.__version__, "pandas": pandas.__version__}}))
