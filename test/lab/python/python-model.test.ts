import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { learningCoefficient } from "../../../src/coefficient/estimate/index.ts";
import { hessianAt } from "../../../src/coefficient/exact/hessian.ts";
import type { SampledObjective } from "../../../src/contracts/objective.ts";
import { type PythonModel, pythonModel } from "../../../src/lab/node/python/model.ts";
import { messageOf } from "../../support/message-of.ts";
import { hasNumpy, hasPython } from "../../support/python.ts";
import { emptyFolder } from "../../support/scratch.ts";

const folder = emptyFolder();
const file = (name: string, ...lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
};
/** Where the system tells how a process has ended. */
const isLinux = process.platform === "linux";
/** The protocol itself, without numpy: what every machine with a Python can run. */
const plain = ["import sys, os", 'sys.modules["numpy"] = None', "import landau"];

const using = <T>(path: string, use: (model: PythonModel) => T): T => {
  const model = pythonModel(path);
  try {
    return use(model);
  } finally {
    model.close();
  }
};

// The loss of sample i is ((a - x_i)^2 + b^2) / 2 with x = 0, ..., 9: means and slopes are known by hand.
const bowl = [
  ...plain,
  "def f(w, batch):",
  "    a, b = w['a'][0], w['b'][0]",
  "    x = range(10) if batch is None else batch",
  "    loss = sum((a - i)**2 + b*b for i in x) / (2 * len(x))",
  "    return loss, {'a': [sum(a - i for i in x) / len(x)], 'b': [b]}",
];
const serveBowl = "landau.serve(f, {'a': [4.5], 'b': [0.0]}, 10)";

describe.skipIf(!hasPython)("a model in Python, without numpy", () => {
  test("is an objective: its arrays, its loss and gradient, of all samples and of those that are named", () => {
    using(file("bowl.py", ...bowl, serveBowl), ({ objective, start, samples, check, source }) => {
      expect(objective.parameters).toEqual([
        { name: "a", shape: [1], offset: 0 },
        { name: "b", shape: [1], offset: 1 },
      ]);
      expect([...start, samples]).toEqual([4.5, 0, 10]);
      expect(source).toMatch(/^[0-9a-f]{64}$/);
      expect(check.noise).toBe(0);
      expect(check.disagreement).toBeLessThan(1e-6);
      const gradient = new Float64Array(2);
      // Variance of 0, ..., 9 is 8.25.
      expect(objective.lossAndGradient(Float64Array.of(5.5, 2), gradient)).toBe((8.25 + 1 + 4) / 2);
      expect([...gradient]).toEqual([1, 2]);
      const order = Int32Array.of(9, 3, 5, 0);
      const loss = (objective as SampledObjective).batchLossAndGradient(Float64Array.of(1, 0), gradient, order, 1, 3);
      expect(loss).toBe((4 + 16) / 4);
      expect([...gradient]).toEqual([-3, 0]);
    });
  });

  test("has the learning coefficient of its two directions, whose curvature is seen", () => {
    using(file("bowl.py", ...bowl, serveBowl), ({ objective, start }) => {
      const result = learningCoefficient(objective, start, { samples: 1000, budget: 60_000 });
      if (result.kind === "failure") throw new Error(result.text);
      expect(Math.abs(result.lambda - 1)).toBeLessThan(3 * result.standardError);
      expect(result.interval[0]).toBeLessThan(1);
      expect(result.interval[1]).toBeGreaterThan(1);
      expect(result.standardError).toBeLessThan(0.1);
    });
  });

  test("a Python that is killed in the middle is started again, and the result has the same bits", () => {
    const estimate = (path: string) =>
      using(path, model => {
        const result = learningCoefficient(model.objective, model.start, { samples: 1000, budget: 2000 });
        return { result: JSON.stringify(result), restarts: model.restarts };
      });
    const whole = estimate(file("bowl.py", ...bowl, serveBowl));
    const killed = estimate(
      file(
        "killed.py",
        ...bowl,
        "import signal",
        "calls = 0",
        "def g(w, batch):",
        "    global calls",
        "    calls += 1",
        "    if calls == 900 and not os.path.exists(sys.argv[0] + '.dead'):",
        "        open(sys.argv[0] + '.dead', 'w').close()",
        "        os.kill(os.getpid(), signal.SIGKILL)",
        "    return f(w, batch)",
        "landau.serve(g, {'a': [4.5], 'b': [0.0]}, 10)",
      ),
    );
    expect(whole.restarts).toBe(0);
    expect(killed.restarts).toBe(1);
    expect(killed.result).toBe(whole.result);
  });

  test("killed while it starts again, it is started once more", () => {
    const path = file(
      "killed-twice.py",
      ...bowl,
      "import signal",
      "def die_at(mark):",
      "    if os.path.exists(sys.argv[0] + mark): return",
      "    open(sys.argv[0] + mark, 'w').close()",
      "    os.kill(os.getpid(), signal.SIGKILL)",
      "if os.path.exists(sys.argv[0] + '.first'): die_at('.starting')",
      "calls = 0",
      "def g(w, batch):",
      "    global calls",
      "    calls += 1",
      "    if calls == 30: die_at('.first')",
      "    return f(w, batch)",
      "landau.serve(g, {'a': [4.5], 'b': [0.0]}, 10)",
    );
    using(path, model => {
      for (let i = 0; i < 40; i++) expect(model.objective.loss(Float64Array.of(4.5, i))).toBe((8.25 + i * i) / 2);
      expect(model.restarts).toBe(2);
    });
  });

  test("what it prints is not taken for an answer", () => {
    const path = file(
      "prints.py",
      ...bowl,
      "def g(w, batch):",
      "    print('called with', w, flush=True)",
      "    return f(w, batch)",
      "print('starting', flush=True)",
      "landau.serve(g, {'a': [4.5], 'b': [0.0]}, 10)",
    );
    using(path, ({ objective }) => expect(objective.loss(Float64Array.of(4.5, 2))).toBe((8.25 + 4) / 2));
  });

  test("a gradient with noise is told with its size", () => {
    const noisy = file(
      "noisy.py",
      ...plain,
      "import random",
      "def f(w): return w[0]**2 / 2, [w[0] * (1 + 1e-3 * random.random())]",
      "landau.serve(f, [1.0], 10)",
    );
    using(noisy, ({ check, objective }) => {
      expect(check.noise).toBeGreaterThan(1e-7);
      expect(check.noise).toBeLessThan(2e-3);
      expect(check.text).toContain("noisy gradient");
      // A function of w alone has no minibatches.
      expect(objective).not.toHaveProperty("batchLossAndGradient");
    });
  });
});

describe.skipIf(!hasPython)("what cannot be used is refused in words", () => {
  const serve = (...lines: readonly string[]) => file("refused.py", ...plain, ...lines);
  test.each<[string, () => string, string[]]>([
    [
      "an error in the function, with its traceback",
      () => serve("def f(w, batch):", "    return 1 / 0", "landau.serve(f, [1.0], 10)"),
      ["refused.py: ZeroDivisionError: division by zero\n  | Traceback", "\n  |   File", "line 5, in f"],
    ],
    [
      "an error of several lines",
      () => serve("def f(w, batch): raise ValueError('so it is:\\n one\\n two')", "landau.serve(f, [1.0], 10)"),
      ["refused.py: ValueError: so it is:\n  |  one\n  |  two\n  | Traceback", "line 4, in f"],
    ],
    [
      "a module that is not there",
      () => serve("import nothing_of_this_name"),
      [
        "refused.py: ModuleNotFoundError: No module named 'nothing_of_this_name'",
        "LANDAU_PYTHON",
        "line 4, in <module>",
      ],
    ],
    ["an error of its syntax", () => serve("def f(:"), ["refused.py: SyntaxError: ", "line 4\n"]],
    [
      "a file that does not serve",
      () => serve(""),
      ["refused.py: Python ended before it served anything", "landau.serve"],
    ],
    [
      "a Python that is killed while it starts",
      () => serve("import signal", "print('first', flush=True)", "os.kill(os.getpid(), signal.SIGKILL)"),
      ["before it served anything", "landau.serve", "\n  | first", ...(isLinux ? ["(signal 9, killed"] : [])],
    ],
    [
      "a Python that exits while it starts",
      () => serve("os._exit(3)"),
      ["before it served anything", ...(isLinux ? ["(code 3)"] : [])],
    ],
    [
      "other bytes than a hello",
      () => serve("os.write(int(os.environ['LANDAU_PIPES'].split(',')[1]), b'no frame at all')"),
      ["a frame of", "landau.serve"],
    ],
    [
      "a hello in another form",
      () =>
        serve(
          "import struct",
          "out = int(os.environ['LANDAU_PIPES'].split(',')[1])",
          "os.write(out, struct.pack('<QQ', 16, 8) + b'{no json')",
        ),
      ["a hello in another form", "landau.serve"],
    ],
    ["no start", () => serve("landau.serve(lambda w: (0, w), None, 10)"), ["w in w0 cannot be read (it is None)"]],
    [
      "a start that is no number",
      () => serve("landau.serve(lambda w: (0, w), {'a': [1.0], 'b': ['x']}, 10)"),
      ["b in w0 cannot be read", "'x'"],
    ],
    [
      "no number of samples",
      () => serve("landau.serve(lambda w: (0, w), [1.0], 2.5)"),
      ["n is 2.5: needs the number of samples"],
    ],
    [
      "a function that gives its loss alone",
      () => serve("landau.serve(lambda w: 0.5, [1.0], 10)"),
      ["TypeError: the function gives a float: needs (loss, gradient)"],
    ],
    [
      "a loss that is no number",
      () => serve("landau.serve(lambda w: ([1.0], w), [1.0], 10)"),
      ["TypeError: the loss is a list: needs one number"],
    ],
    [
      "a gradient that is too short",
      () => serve("landau.serve(lambda w: (0.0, w[:1]), [1.0, 2.0], 10)"),
      ["ValueError: the gradient has 1 entries: needs 2"],
    ],
    [
      "a gradient that is not finite",
      () =>
        serve(
          "landau.serve(lambda w: (0.0, {'a': [0.0], 'b': [0.0, float('nan')]}), {'a': [1.0], 'b': [2.0, 3.0]}, 10)",
        ),
      ["at w0 the gradient of b[1] is NaN"],
    ],
    [
      "a gradient of another function",
      () => serve("def f(w, batch): return w[0]**2, [w[0]]", "landau.serve(f, [1.0], 10)"),
      ["the gradient is not that of the loss", "its gradient says"],
    ],
    [
      "a start that is not finite",
      () => serve("landau.serve(lambda w: (0, w), [1.0, float('nan')], 10)"),
      ["w[1] of w0 is NaN"],
    ],
    [
      "a loss that is not finite",
      () => serve("landau.serve(lambda w: (float('inf'), w), [1.0], 10)"),
      ["the loss at w0 is Infinity"],
    ],
    [
      "a Python that ends again and again at one question",
      () =>
        serve("def f(w, batch): print('so it ends'); sys.stdout.flush(); os._exit(3)", "landau.serve(f, [1.0], 10)"),
      ["3 times at the same question\n  | so it ends", ...(isLinux ? ["Python ended (code 3)"] : [])],
    ],
    ["no such file", () => join(folder, "none.py"), ["cannot read", "none.py"]],
  ])("%s", (_, path, parts) => {
    const message = messageOf(() => pythonModel(path()));
    for (const part of parts) expect(message).toContain(part);
  });

  test("no such Python", () => {
    const path = file("bowl.py", ...bowl, serveBowl);
    expect(messageOf(() => pythonModel(path, { python: "no-python-of-this-name" }))).toContain(
      "cannot start no-python-of-this-name",
    );
  });
});

describe.skipIf(!hasNumpy)("a model in Python, with numpy", () => {
  const quadratic = (size: number, ...more: readonly string[]) =>
    file(
      `quadratic-${size}.py`,
      "import numpy as np, landau",
      `h = 1 + np.arange(${size}) % 7`,
      "def f(w, batch): return (w * w) @ h / 2, w * h",
      ...more,
      `landau.serve(f, np.full(${size}, 0.5), 10${more.length > 0 ? ", vectorised=True" : ""})`,
    );

  test("above 10000 parameters, points and gradients go through a shared file", () => {
    const size = 20_001;
    using(quadratic(size), ({ objective }) => {
      const w = Float64Array.from({ length: size }, (_, i) => i % 5);
      const gradient = new Float64Array(size);
      const h = (i: number) => 1 + (i % 7);
      const loss = objective.lossAndGradient(w, gradient);
      expect(gradient).toEqual(w.map((value, i) => value * h(i)));
      expect(loss).toBe(w.reduce((sum, value, i) => sum + (value * value * h(i)) / 2, 0));
    });
  });

  test("of several points at once: the Hessian takes them so, and finds the same", () => {
    const vectorised = quadratic(37, "one = f", "def f(w, batch): return (w * w) @ h / 2, w * h");
    using(vectorised, ({ objective, start }) => {
      expect(objective.lossesAndGradients).toBeDefined();
      const { matrix } = hessianAt(objective, start);
      for (let i = 0; i < 37; i++)
        for (let j = 0; j < 37; j++) expect(matrix[i * 37 + j]).toBeCloseTo(i === j ? 1 + (i % 7) : 0, 7);
    });
  });

  test("n may be a number of numpy; an error of ours has no lines of our own file", () => {
    const path = file(
      "n.py",
      "import numpy as np, landau",
      "landau.serve(lambda w: (w @ w / 2, w.reshape(2, 1)), np.ones(2), np.int64(10))",
    );
    expect(messageOf(() => pythonModel(path))).toMatch(
      /n\.py: ValueError: the gradient of w has shape \(2, 1\): needs \(2,\)$/,
    );
  });

  test("a gradient of another shape is refused with both", () => {
    const path = file(
      "shape.py",
      "import numpy as np, landau",
      "landau.serve(lambda w, batch: (0.0, np.zeros(3)), {'v': np.zeros((2, 3))}, 10)",
    );
    expect(messageOf(() => pythonModel(path))).toContain("needs a dict of arrays");
  });
});
