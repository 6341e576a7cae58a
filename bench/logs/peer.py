"""The peers' side of the benchmark of training logs.

    peer.py make FOLDER SCALARS     writes an event file by TensorBoard's own writer
    peer.py NAME KIND FILE          reads a log of a kind (events, csv, jsonl) by TensorBoard, tbparse, pandas or Polars, everything kept: CPU
                                    seconds of that, and for each series the sums of its steps and values and the number of points, as JSON
"""

import glob
import importlib.metadata
import json
import os
import sys
import time

import numpy as np

# One thread for Polars, as for all.
os.environ["POLARS_MAX_THREADS"] = "1"


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


def tensorboard(path, kind):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    def read():
        accumulator = EventAccumulator(path, size_guidance={"scalars": 0})
        accumulator.Reload()
        return {tag: accumulator.Scalars(tag) for tag in accumulator.Tags()["scalars"]}

    cpu, values = timed(read)
    return cpu, {tag: [sum(each.step for each in all), float(np.sum([each.value for each in all])), len(all)] for tag, all in values.items()}


def tbparse(path, kind):
    from tbparse import SummaryReader

    cpu, frame = timed(lambda: SummaryReader(path).scalars)
    return cpu, {tag: [int(part["step"].sum()), float(part["value"].sum()), len(part)] for tag, part in frame.groupby("tag")}


def pandas(path, kind):
    import pandas as pd

    def csv(name):
        frame = pd.read_csv(name)
        if "time" in frame:
            frame["time"] = pd.to_datetime(frame["time"], format="ISO8601")
        return frame

    read = csv if kind == "csv" else lambda name: pd.read_json(name, lines=True, precise_float=True, convert_dates=False)
    cpu, frame = timed(lambda: read(path))
    return cpu, sums(frame)


def polars(path, kind):
    import pandas as pd
    import polars as pl

    cpu, frame = timed(lambda: pl.read_csv(path, try_parse_dates=True) if kind == "csv" else pl.read_ndjson(path))
    return cpu, sums(pd.DataFrame({name: frame[name].to_numpy() for name in frame.columns}))


def sums(frame):
    """By the name that a series gets: the column, behind the word of the column `split` where there is one."""
    words = frame["split"].unique() if "split" in frame else [None]
    parts = [(f"{word}/" if word else "", frame if word is None else frame[frame["split"] == word]) for word in words]
    return {
        before + name: [float(part["step"][part[name].notna()].sum()), float(part[name].sum()), int(part[name].notna().sum())]
        for before, part in parts
        for name in frame.columns
        if name not in ("step", "split", "time")
    }


what, *rest = sys.argv[1:]
if what == "make":
    print(json.dumps({"path": make(*rest)}))
else:
    kind, path = rest
    readers = {"TensorBoard": tensorboard, "tbparse": tbparse, "pandas": pandas, "Polars": polars}
    cpu, found = readers[what](path, kind)
    versions = {name: importlib.metadata.version(name) for name in ["tensorboard", "tbparse", "pandas", "polars"]}
    print(json.dumps({"cpu": cpu, "sums": found, "versions": versions}))
