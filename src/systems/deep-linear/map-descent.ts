import { type FastModes, fastModesInUse } from "../../engine/fast-modes.ts";
import { type Graph, graph } from "../../engine/graph/graph.ts";
import type { Node, NodeOf } from "../../engine/graph/node.ts";
import { ops } from "../../engine/graph/ops.ts";
import { sizeOf } from "../../engine/graph/shape.ts";
import type { Goal } from "../../engine/lower/plan.ts";
import { compile, type Program } from "../../engine/program.ts";
import { type Layout, layoutOf } from "../../learning/networks/layout.ts";

/** Many small networks on white inputs, each with a decay and a target strength of its own. */
export interface MapDescent {
  readonly dx: number;
  readonly widths: readonly number[];
  /** One entry for each network. */
  readonly gammas: ArrayLike<number>;
  readonly strengths: ArrayLike<number>;
  /** Parameters of all networks behind each other; moved in place. */
  readonly w: Float64Array;
  readonly stepSize: number;
  readonly steps: number;
}

/**
 * Gradient descent of all of them, as `linearObjective` would have it, with gradient and step in one pass over each layer:
 *
 *     a_D = U, a_(l-1) = W_l^T a_l, r_0 = 2 (a_0 - n), r_l = W_l r_(l-1), W_l <- (1 - 2 eta gamma) W_l - eta a_l r_(l-1)^T
 *
 * Small networks side by side in the lanes of vectors, large ones one after the other.
 */
export const descendMap = (map: MapDescent): void => {
  const { gammas, w, steps } = map;
  const { program, lanes, size, load, keep } = descentOf(map, false);
  for (let first = 0; first < gammas.length; first += lanes) {
    const count = Math.min(lanes, gammas.length - first);
    for (let lane = 0; lane < count; lane++) load(lane, first + lane);
    for (let step = 0; step < steps; step += CALL) program.run(Math.min(CALL, steps - step), { from: 0, seed: 0 });
    for (let lane = 0; lane < count; lane++) keep(lane, w.subarray((first + lane) * size, (first + lane + 1) * size));
  }
};

export interface DecidedMap {
  /** 1 for each network that learned, 0 for each that collapsed. */
  readonly learned: Uint8Array;
  /** Steps made in all. */
  readonly steps: number;
  /** Networks for which no certificate was found within the allowed steps; their norm decided. */
  readonly open: number;
}

/** Steps of one call where nobody looks between them. */
const CALL = 1000;
/** Steps from one look for a certificate to the next. */
const LOOK = 10;
/** Share of itself by which a squared norm at rest moves at most. */
const REST = 1e-9;
/** Norm of a layer that decides where there is no certificate. */
const ALIVE = 0.02;

/**
 * The phases in which the same descents end, each stopped as soon as its end is certain:
 *
 * - learned: the loss is below E[y^2], that of the origin. Descent never rises, so the origin is out of reach.
 * - trivial: the largest norm m of a layer has N m^(D-1) < gamma. Then d m^2/dt <= -4 gamma m^2 + 4 N m^(D+1) < 0: it shrinks for ever.
 *
 * - learned, though above the origin: the squared norm has come to rest, no longer moving by 1e-9 of itself in ten steps.
 *
 * The first needs a step size below the inverse curvature. Leaves `w` as it is. A lane whose network is decided takes the next one.
 */
export const decideMap = (map: MapDescent): DecidedMap => {
  const { gammas, steps, widths } = map;
  const { program, lanes, load } = descentOf(map, true);
  const learned = new Uint8Array(gammas.length);
  let [made, open, next, going] = [0, 0, 0, 0];
  const runs = new Int32Array(lanes).fill(-1);
  const ages = new Float64Array(lanes);
  const before = new Float64Array(lanes);
  const takeNext = (lane: number): void => {
    if (next === gammas.length) {
      runs[lane] = -1;
      return;
    }
    load(lane, next);
    [runs[lane], ages[lane], before[lane]] = [next, 0, Infinity];
    next++;
    going++;
  };
  /** 1 or 0 as soon as the phase is certain, or there are no steps left. */
  const decide = (lane: number, seen: number): 0 | 1 | undefined => {
    if (seen === LEARNED) return 1;
    if (seen === TRIVIAL) return 0;
    if (Math.abs(seen - before[lane]) < REST * seen) return 1;
    before[lane] = seen;
    if (ages[lane] < steps) return undefined;
    open++;
    return seen > (widths.length + 1) * ALIVE * ALIVE ? 1 : 0;
  };
  for (let lane = 0; lane < lanes; lane++) takeNext(lane);
  while (going > 0) {
    program.run(LOOK, { from: 0, seed: 0 });
    for (let lane = 0; lane < lanes; lane++) {
      if (runs[lane] < 0) continue;
      // What was there before the steps of this call.
      const phase = decide(lane, program.readNumber("seen", { chain: lane }));
      if (phase === undefined) {
        ages[lane] += LOOK;
        made += LOOK;
        continue;
      }
      learned[runs[lane]] = phase;
      going--;
      takeNext(lane);
    }
  }
  return { learned, steps: made, open };
};

/** Certificates, in place of the squared norm of all layers, which is not negative. */
const [LEARNED, TRIVIAL] = [-1, -2];

/** Bytes of the nearest cache that networks side by side may take, how many they are at most, and the size of the largest that are not large. */
const SIDE_BY_SIDE = { bytes: 32_768, most: 32, size: 150 };

const programs = new WeakMap<FastModes, Map<string, Program>>();

/** One for each shape of networks, as tracing and compiling take longer than short descents. */
const programOf = (layout: Layout, lanes: number, looks: boolean): Program => {
  const modes = fastModesInUse();
  if (!programs.has(modes)) programs.set(modes, new Map());
  const known = programs.get(modes)!;
  const key = JSON.stringify([layout.sizes, looks]);
  const made =
    known.get(key) ??
    compile(...stepOf(layout, looks), { precision: "f64", chains: lanes, stepsPerCall: looks ? LOOK : CALL });
  known.set(key, made);
  return made;
};

const descentOf = ({ dx, widths, gammas, strengths, w, stepSize }: MapDescent, looks: boolean) => {
  const layout = layoutOf(dx, widths);
  const { parameters, size } = layout;
  const { most, bytes } = SIDE_BY_SIDE;
  const lanes = size > SIDE_BY_SIDE.size ? 1 : Math.max(8, Math.min(most, 8 * Math.floor(bytes / (64 * size))));
  const program = programOf(layout, lanes, looks);
  program.write("rate", [stepSize]);
  const ends = parameters.map(({ shape, offset }) => offset + sizeOf(shape));
  return {
    program,
    lanes,
    size,
    /** Puts a network into a lane. */
    load(lane: number, run: number): void {
      const at = { chain: lane };
      const from = run * size;
      parameters.forEach(({ name, offset }, l) => {
        program.write(name, w.subarray(from + offset, from + ends[l]), at);
      });
      const [gamma, N] = [gammas[run], strengths[run]];
      program.write("place", [N, 2 * N, gamma, 1 - 2 * stepSize * gamma], at);
    },
    keep(lane: number, into: Float64Array): void {
      for (const { name, offset } of parameters) into.set(program.read(name, { chain: lane }), offset);
    },
  };
};

/** One step of descent; with `looks`, what is seen of a network before it: a certificate, or its squared norm. */
const stepOf = ({ sizes, parameters }: Layout, looks: boolean): [Graph, Goal] => {
  const own = graph();
  const m = ops(own);
  const D = sizes.length - 1;
  const entry = (a: Node, i: number) => m.reshape(m.slice(m.reshape(a, [sizeOf(a.shape)]), [i], [1]), []);
  const row = (a: Node) => m.reshape(a, [1, sizeOf(a.shape)]);
  const column = (a: Node) => m.reshape(a, [sizeOf(a.shape), 1]);
  const rate = own.node("input", [], { name: "rate" }, []);
  const place = own.node("input", [], { name: "place", perChain: true }, [4]);
  const [strength, pull, decay, kept] = [0, 1, 2, 3].map(i => entry(place, i));
  const layers = parameters.map(({ name, shape }) => own.parameter(name, shape) as NodeOf<"parameter">);
  const left: Node[] = [];
  left[D] = row(layers[D]);
  for (let l = D; l >= 1; l--) left[l - 1] = m.matmul(left[l], layers[l - 1]);
  const v = Array.from({ length: sizes[0] }, (_, j) => entry(left[0], j));
  const error = v.map((each, j) => (j === 0 ? m.sub(m.mul(2, each), pull) : m.mul(2, each)));
  let right = column(m.concat(error.map(each => m.reshape(each, [1]))));
  const updates = layers.map((parameter, l) => {
    const slope =
      l === D ? m.mul(rate, m.reshape(right, [sizes[D]])) : m.mul(m.mul(rate, column(left[l + 1])), row(right));
    if (l < D) right = m.matmul(parameter, right);
    return { parameter, node: m.sub(m.mul(kept, parameter), slope) };
  });
  if (!looks) return [own, { outputs: {}, updates }];

  const squares = layers.map(layer => m.reshape(m.matmul(row(layer), column(layer)), []));
  const total = squares.reduce((sum, each) => m.add(sum, each));
  const largest = squares.reduce((most, each) => m.maximum(most, each));
  let force = strength;
  for (let l = 1; l < D; l++) force = m.mul(force, m.sqrt(largest));
  // |v|^2 - 2 N v_1 + gamma |theta|^2 is the loss less E[y^2].
  const gain = v.reduce((sum, each) => m.add(sum, m.mul(each, each)), m.neg(m.mul(pull, v[0])));
  const isLearned = m.compare("less", m.add(gain, m.mul(decay, total)), 0);
  const isTrivial = m.compare("less", force, decay);
  const seen = m.select(isLearned, LEARNED, m.select(isTrivial, TRIVIAL, total));
  return [own, { outputs: { seen: { node: seen, every: "step" } }, updates }];
};
