// The same model in TensorFlow.js, as it is written there: runs in a page of its own, and is driven from outside through `peer`.
const FEATURES = 6;
const PLANE = 2;

/** Amplitudes of a feature: midpoints, so that the mean over them stands for that over all. */
const rowsOf = amplitudes =>
  Array.from({ length: FEATURES * amplitudes }, (_, i) =>
    Array.from({ length: FEATURES }, (_, j) => (j === i % FEATURES ? (Math.floor(i / FEATURES) + 0.5) / amplitudes : 0)),
  );

/** Where members begin, two rows of W and then b for each, as tensors with a leading axis of members; none for a single one. */
const startOf = (starts, members) => {
  const size = (PLANE + 1) * FEATURES;
  const own = Array.from({ length: members }, (_, i) => starts.slice(i * size, (i + 1) * size));
  const W = own.map(w => [w.slice(0, FEATURES), w.slice(FEATURES, 2 * FEATURES)]);
  const b = own.map(w => [w.slice(2 * FEATURES)]);
  return members === 1 ? { W: tf.tensor(W[0]), b: tf.tensor(b[0]) } : { W: tf.tensor(W), b: tf.tensor(b) };
};

/** The library's own way: the loss as a function, its gradient and the step by an optimiser. Losses of members add up, so that each has its own gradient. */
const minimised = ({ x, W, b, rows, stepSize }) => {
  const [ownW, ownB] = [tf.variable(W), tf.variable(b)];
  const optimiser = tf.train.sgd(stepSize);
  return {
    step: () =>
      optimiser.minimize(() => {
        const hidden = tf.matMul(x, ownW, false, true);
        const error = tf.sub(tf.relu(tf.add(tf.matMul(hidden, ownW), ownB)), x);
        return tf.div(tf.sum(tf.square(error)), rows);
      }),
    loss: () =>
      tf.tidy(() => {
        const hidden = tf.matMul(x, ownW, false, true);
        const error = tf.sub(tf.relu(tf.add(tf.matMul(hidden, ownW), ownB)), x);
        return tf.div(tf.sum(tf.square(error)), rows).dataSync()[0];
      }),
  };
};

/** The gradient written by hand: fewer kernels, and nothing recorded. */
const byHand = ({ x, W: W0, b: b0, rows, stepSize }) => {
  let [W, b] = [W0, b0];
  const parts = () => {
    const hidden = tf.matMul(x, W, false, true);
    const out = tf.relu(tf.add(tf.matMul(hidden, W), b));
    const error = tf.sub(out, x);
    return { hidden, out, error };
  };
  return {
    step() {
      const [nextW, nextB] = tf.tidy(() => {
        const { hidden, out, error } = parts();
        const slope = tf.mul(tf.mul(error, tf.step(out)), 2 / rows);
        const back = tf.matMul(slope, W, false, true);
        const gradient = tf.add(tf.matMul(hidden, slope, true, false), tf.matMul(back, x, true, false));
        return [
          tf.sub(W, tf.mul(gradient, stepSize)),
          tf.sub(b, tf.mul(tf.sum(slope, -2, true), stepSize)),
        ];
      });
      W.dispose();
      b.dispose();
      [W, b] = [nextW, nextB];
    },
    loss: () => tf.tidy(() => tf.div(tf.sum(tf.square(parts().error)), rows).dataSync()[0]),
  };
};

globalThis.peer = {
  async begin() {
    tf.wasm.setWasmPaths("/tfjs-backend-wasm/dist/");
    tf.wasm.setThreadsCount(1);
    await tf.setBackend("wasm");
    await tf.ready();
    return { "TensorFlow.js": tf.version_core, backend: tf.getBackend(), simd: await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT") };
  },
  open({ way, starts, members, amplitudes, stepSize }) {
    const rows = rowsOf(amplitudes);
    const x = members === 1 ? tf.tensor(rows) : tf.tile(tf.tensor([rows]), [members, 1, 1]);
    this.run = (way === "optimiser" ? minimised : byHand)({ x, ...startOf(starts, members), rows: rows.length, stepSize });
  },
  /** The loss before each of so many steps, summed over members. */
  losses(steps) {
    return Array.from({ length: steps }, () => {
      const loss = this.run.loss();
      this.run.step();
      return loss;
    });
  },
  /** Makes steps for so many milliseconds; how many. */
  time(milliseconds) {
    const end = performance.now() + milliseconds;
    let steps = 0;
    while (performance.now() < end) {
      for (let i = 0; i < 20; i++) this.run.step();
      steps += 20;
    }
    return steps;
  },
};
