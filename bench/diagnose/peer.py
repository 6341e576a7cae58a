"""The peer's side of the benchmark of `landau diagnose`.

    peer.py make FOLDER          writes the files
    peer.py summary FILES...     ArviZ's summary of them, as JSON
    peer.py same FILES...        with what Landau gives beside: three quantiles, each with its error
    peer.py measure COMMAND...   runs a command; its CPU and wall time in seconds and its largest memory in bytes, as JSON
"""

import json
import resource
import subprocess
import sys
import time

CHAINS, DRAWS, QUANTITIES = 4, 25_000, 100


def make(folder):
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(1)
    # 1e7 draws: autoregressions from antithetic to slow, as chains are.
    phi = np.linspace(-0.3, 0.95, QUANTITIES)
    x = np.empty((CHAINS, DRAWS, QUANTITIES))
    x[:, 0] = rng.standard_normal((CHAINS, QUANTITIES))
    noise = rng.standard_normal(x.shape) * np.sqrt(1 - phi**2)
    for i in range(1, DRAWS):
        x[:, i] = phi * x[:, i - 1] + noise[:, i]
    table = pd.DataFrame(x.reshape(-1, QUANTITIES), columns=[f"theta[{q + 1}]" for q in range(QUANTITIES)])
    table.insert(0, "draw", np.tile(np.arange(DRAWS), CHAINS))
    table.insert(0, "chain", np.repeat(np.arange(CHAINS), DRAWS))
    table.to_csv(f"{folder}/digits-17.csv", index=False)
    table.to_csv(f"{folder}/digits-8.csv", index=False, float_format="%.8g")

    # Files in the form of CmdStan 2.37: saved warm-up, thinning, divergences, trajectories at the largest depth.
    warm_up, draws, thin = 60, 300, 2
    files = []
    for chain in range(CHAINS):
        n = warm_up + draws
        energy = np.cumsum(rng.standard_normal(n)) * 0.3 + rng.standard_normal(n)
        mu = np.where(np.arange(n) < warm_up, 30.0, 0.0) + rng.standard_normal(n)
        tau = np.exp(np.convolve(rng.standard_normal(n + 9), np.ones(10) / 10, "valid"))
        rows = [
            f"{-energy[i]:.6g},0.9,0.8,{rng.integers(2, 8)},7,{int(rng.random() < 0.03)},{energy[i]:.6g},{mu[i]:.6g},{tau[i]:.6g}"
            for i in range(n)
        ]
        head = [
            "# stan_version_major = 2", "# stan_version_minor = 37", "# stan_version_patch = 0", "# model = toy_model",
            "# method = sample (Default)", "#   sample", f"#     num_samples = {draws * thin}", f"#     num_warmup = {warm_up * thin}",
            "#     save_warmup = true", f"#     thin = {thin}", "#             max_depth = 7", f"# id = {chain + 1}",
            "lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,mu,tau",
        ]  # fmt: skip
        adapted = ["# Adaptation terminated", "# Step size = 0.8", "# Diagonal elements of inverse mass matrix:", "# 1, 1"]
        times = ["# ", "#  Elapsed Time: 0.01 seconds (Warm-up)", "#                0.02 seconds (Total)", "# "]
        files.append("\n".join(head + rows[:warm_up] + adapted + rows[warm_up:] + times) + "\n")
        with open(f"{folder}/stan-{chain + 1}.csv", "w") as file:
            file.write(files[-1])
    with open(f"{folder}/stan-joined.csv", "w") as file:
        file.write("".join(files))


def summary(files, quantiles=()):
    import arviz as az
    import numpy as np

    if len(files) > 1:
        data = az.from_cmdstan(posterior=files, save_warmup=True)
        stats = data.sample_stats
        extra = {
            "divergent": int(stats["diverging"].sum()),
            "deepest": int((stats["tree_depth"] >= 7).sum()),
            "eBfmi": [float(value) for value in az.bfmi(data)],
        }
    else:
        import pandas as pd

        table = pd.read_csv(files[0])
        chains = table["chain"].nunique()
        data = az.from_dict(posterior={name: table[name].to_numpy().reshape(chains, -1) for name in table.columns[2:]})
        extra = {}
    rows = az.summary(data, round_to="none")
    names = {"mean": "mean", "sd": "sd", "mcse_mean": "mcseMean", "ess_bulk": "essBulk", "ess_tail": "essTail", "r_hat": "rHat"}
    values = {str(name): {names[key]: float(row[key]) for key in names} for name, row in rows.iterrows()}
    for p in quantiles:
        errors = az.mcse(data, method="quantile", prob=p)
        for name in values:
            draws = data.posterior[name].to_numpy()
            values[name].setdefault("quantiles", []).append(
                {"p": p, "value": float(np.quantile(draws, p)), "mcse": float(errors[name])}
            )
    print(json.dumps({"arviz": az.__version__, "numpy": np.__version__, "values": values, **extra}))


def measure(command):
    start = time.time()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wall = time.time() - start
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "memory": used.ru_maxrss * 1024, "text": done.stdout}))


if __name__ == "__main__":
    _, do, *words = sys.argv
    same = lambda files: summary(files, (0.05, 0.5, 0.95))
    {"make": lambda words: make(*words), "summary": summary, "same": same, "measure": measure}[do](words)
