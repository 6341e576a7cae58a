const optimisers = { default: {}, foreach: { foreach: true }, fused: { fused: true } };

/** A peer's variants are ways to write the same: the fastest stands in the table. */
const torch = (forms, peer = "PyTorch eager", settings = {}, only = Object.keys(optimisers)) => ({
  engine: "torch",
  peer,
  variants: forms.flatMap(form =>
    Object.entries(optimisers)
      .filter(([name]) => only.includes(name))
      .map(([name, optimiser]) => ({
        variant: forms.length > 1 ? `${form}, ${name}` : name,
        settings: { form, optimiser, ...settings },
      })),
  ),
});
const jax = (forms, peer, settings = {}) => ({
  engine: "jax",
  peer,
  variants: forms.map(form => ({
    variant: forms.length > 1 ? form : "",
    settings: { form, scan: true, ...settings },
  })),
});
const scan = forms => jax(forms, "JAX jit, 1000 steps in one scan", { steps: 1000 });
const calls = forms => jax(forms, "JAX jit, one call a step", { steps: 100, scan: false });

/** `roads`: the ways that ours takes; with OpenBLAS, products of matrices alone are by it. `alone`: one chain of the same is timed beside all of them. */
export const WORKLOADS = [
  {
    name: "superposition r = 2, c = 6, minibatch of 1000, SGD",
    settings: { model: "superposition", chains: 1, steps: 1000, checks: 20 },
    roads: ["WebAssembly", "native"],
    peers: [torch(["superposition"]), scan(["superposition"]), calls(["superposition"])],
    rounds: 7,
  },
  {
    name: "superposition, 100 chains, per chain",
    settings: { model: "superposition", chains: 100, steps: 1000, checks: 20 },
    roads: ["WebAssembly", "native"],
    peers: [
      torch(["chains"], "PyTorch eager, batched, a minibatch for each chain", { steps: 20 }),
      torch(["chains"], "PyTorch eager, batched, one minibatch for all", { steps: 20, same_batch: true }),
      jax(["superposition"], "JAX jit, vmap, 1000 steps in one scan"),
    ],
    rounds: 5,
  },
  {
    name: "quadratic network p = 59, K = 256, N = 1044, SGD",
    settings: { model: "quadratic", chains: 1, steps: 50, checks: 20 },
    roads: ["WebAssembly", "OpenBLAS", "native", "native-fma"],
    peers: [torch(["embedding", "one-hot"]), scan(["embedding", "one-hot"]), calls(["embedding", "one-hot"])],
    rounds: 5,
  },
  {
    name: "MLP 10-200-200-20, minibatch of 45, Adam",
    settings: { model: "perceptron", chains: 1, steps: 1000, checks: 20 },
    roads: ["WebAssembly", "OpenBLAS", "native", "native-fma"],
    peers: [
      torch(["module"], "PyTorch eager, nn.Sequential and optim.Adam", {}, ["default"]),
      torch(["perceptron"], "PyTorch eager, by hand on tensors"),
      scan(["perceptron"]),
      calls(["perceptron"]),
    ],
    rounds: 21,
  },
  {
    name: "MLP, 64 seeds, per seed",
    settings: { model: "perceptron", chains: 64, steps: 100, checks: 5 },
    roads: ["WebAssembly", "OpenBLAS", "native", "native-fma"],
    peers: [
      torch(["perceptron"], "PyTorch eager, seed after seed", { chains: 1 }),
      jax(["perceptron"], "JAX jit, vmap, 100 steps in one scan"),
    ],
    alone: "Landau, one seed alone",
    rounds: 3,
  },
];
