#!/usr/bin/env bash
# MLflow 3.17.2, SQLite store: a metric logged as infinity comes back from MLflow's own client as 1.7976931348623157e+308, a finite number, so that a mean or a difference over it is finite too. NaN is stored as the
# number 0 with a mark in another column, is_nan: who reads the table alone sees a loss of 0, the best of the run.
# Way round: read is_nan, and take the largest float64 for infinity.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet mlflow==3.17.2
DO_NOT_TRACK=true MLFLOW_DISABLE_TELEMETRY=true venv/bin/python - <<'PYTHON'
import math
import sqlite3

import mlflow

mlflow.set_tracking_uri("sqlite:///mlflow.db")
mlflow.create_experiment("demo", artifact_location="artifacts")
mlflow.set_experiment("demo")
with mlflow.start_run() as run:
    for step, loss in enumerate([2.0, math.inf, math.nan, -math.inf]):
        mlflow.log_metric("loss", loss, step=step)
print("mlflow", mlflow.__version__)
client = [metric.value for metric in sorted(mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss"), key=lambda metric: metric.step)]
stored = sqlite3.connect("mlflow.db").execute("select value, is_nan from metrics order by step").fetchall()
print("client:", client)
print("stored (value, is_nan):", stored)
largest = 1.7976931348623157e308
assert client[1] == largest and client[3] == -largest and math.isnan(client[2]), "the client returns other values now"
assert stored == [(2.0, 0), (largest, 0), (0.0, 1), (-largest, 0)], "the store holds other values now"
PYTHON
