#!/usr/bin/env bash
# transformers 5.24.0 with torch 2.13.0: a run that diverges looks like one that has learned everything. Its Trainer replaces the loss of each step that is not finite by the average of
# the steps since the last log (logging_nan_inf_filter, on by default); once no step of that stretch is finite the average is of nothing, and "loss" is logged as exactly 0.0, for as long as
# training goes on. The weights are NaN, and so is grad_norm, which alone gives it away; with logging_nan_inf_filter=False the losses are NaN too. What is logged goes to trainer_state.json
# and to every tracker (TensorBoard, W&B, MLflow), and the mean over the run, train_loss, counts the zeros.
# Way round: logging_nan_inf_filter=False; in a log, take losses of 0.0 with a grad_norm of NaN for what they are.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/pip install --quiet transformers==5.24.0 accelerate==1.15.0 torch==2.13.0 numpy==2.4.6
cat >train.py <<'PYTHON'
import contextlib
import io
import math

import torch
import transformers
from transformers import Trainer, TrainingArguments

print("transformers", transformers.__version__, "torch", torch.__version__)
transformers.logging.set_verbosity_error()


class Line(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.nn.Parameter(torch.ones(4))

    def forward(self, x, labels):
        return {"loss": ((x @ self.w - labels) ** 2).mean()}


chance = torch.Generator().manual_seed(1)
data = [{"x": torch.randn(4, generator=chance), "labels": torch.randn((), generator=chance)} for _ in range(64)]
for is_filtered in (True, False):
    options = TrainingArguments(
        "out", per_device_train_batch_size=8, max_steps=60, logging_steps=5, optim="sgd", learning_rate=30.0, max_grad_norm=0.0, save_strategy="no",
        report_to=[], disable_tqdm=True, use_cpu=True, remove_unused_columns=False, **({} if is_filtered else {"logging_nan_inf_filter": False}),
    )
    trainer = Trainer(Line(), options, train_dataset=data)
    with contextlib.redirect_stdout(io.StringIO()):
        trainer.train()
    weights = trainer.model.w.detach()
    late = [entry for entry in trainer.state.log_history if "loss" in entry and entry["step"] >= 30]
    print("default" if is_filtered else "logging_nan_inf_filter=False", [(e["step"], e["loss"], e["grad_norm"]) for e in late], "weights", weights.tolist())
    assert weights.isnan().all() and all(math.isnan(e["grad_norm"]) for e in late)
    assert all((e["loss"] == 0) if is_filtered else math.isnan(e["loss"]) for e in late), "it is logged otherwise now"
PYTHON
environment/bin/python -W ignore train.py
