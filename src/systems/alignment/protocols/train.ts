import { choice } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { isLandauError } from "../../../errors.ts";
import { checkNetwork } from "../controls.ts";
import { labelOf } from "../learner.ts";
import { type alteredNames, alteredSquares, type Comparison, compareWithTheory } from "../theory/comparison.ts";
import { follow, followControls, trajectoryOf } from "./follow.ts";

export type AlignmentTrainRecords = {
  /** `order` is h, the squared distance of the representations of the first two points. */
  readonly checkpoint: {
    readonly step: number;
    readonly loss: number;
    readonly order: number;
    readonly label: string;
    readonly y: number;
    readonly w: number;
    /** As the fitted theory has them. */
    readonly theory: { readonly h: number; readonly y: number; readonly w: number } | null;
  };
  /** A layer beside the theory. */
  readonly fit: Comparison & {
    readonly layer: number;
    /** Whether it is the representation. */
    readonly isRead: boolean;
    /** Least sums of squares of altered equations, relative to the theory's. */
    readonly altered: { readonly [name in (typeof alteredNames)[number]]: number | null } | null;
  };
  readonly final: {
    readonly step: number;
    readonly loss: number;
    readonly order: number;
    readonly label: string;
    readonly y: number;
    readonly w: number;
    /** Squared distances of the representations and outputs at the start. */
    readonly h0: number;
    readonly y0: number;
  };
};

/** Where a look at the pair is worth a record: so many, equally spaced. */
const RECORDS = 40;

export const trainProtocol = protocol<AlignmentTrainRecords>()({
  name: "train",
  summary: "train a network, follow its first two points, and fit the effective theory to them",
  settings: {
    ...followControls,
    fits: choice("layers that are fitted: the representation, all hidden layers, or none", ["read", "all", "none"]),
    altered: choice("whether altered equations are fitted too", ["no", "yes"]),
  },
  small: { activation: "tanh", width: 4, depth: 2, readLayer: 0, gain: 1.5, stepSize: 0.3, steps: 60, looks: 30 },
  check: settings => checkNetwork(settings),

  run({ settings, seed, chain }, context) {
    const { readLayer, depth, fits, altered } = settings;
    const { seen } = follow(settings, { seed, chain }, context);
    const comparisons = (fits === "all" ? [...Array(depth).keys()] : fits === "read" ? [readLayer] : []).flatMap(
      layer => {
        const trajectory = trajectoryOf(settings, seen, layer);
        try {
          const found = compareWithTheory(
            trajectory,
            seen.map(({ loss }) => loss),
            seen[0].mean2,
          );
          return [{ layer, trajectory, ...found }];
        } catch (cause) {
          // What cannot be fitted has no record: a pair with one target, or a run too short.
          if (!isLandauError(cause, "input")) throw cause;
          return [];
        }
      },
    );
    const own = comparisons.find(({ layer }) => layer === readLayer);
    const every = Math.max(1, Math.floor(seen.length / RECORDS));
    seen.forEach(({ step, loss, layers, y, w }, i) => {
      if (i % every !== 0 && i !== seen.length - 1) return;
      context.record("checkpoint", {
        step,
        loss,
        order: layers[readLayer],
        label: labelOf(settings, loss),
        y,
        w,
        theory: own ? { ...own.fit.states[i] } : null,
      });
    });
    for (const { layer, comparison, trajectory } of comparisons)
      context.record("fit", {
        layer,
        isRead: layer === readLayer,
        ...comparison,
        altered: altered === "yes" && layer === readLayer ? alteredSquares(trajectory, comparison.squares) : null,
      });
    const [first, last] = [seen[0], seen[seen.length - 1]];
    context.record("final", {
      ...{ step: last.step, loss: last.loss, order: last.layers[readLayer], label: labelOf(settings, last.loss) },
      ...{ y: last.y, w: last.w, h0: first.layers[readLayer], y0: first.y },
    });
    context.snapshot("trajectory", {
      t: array(seen.map(({ step }) => step)),
      loss: array(seen.map(({ loss }) => loss)),
      y: array(seen.map(({ y }) => y)),
      w: array(seen.map(({ w }) => w)),
      layers: { shape: [seen.length, depth], data: Float64Array.from(seen.flatMap(({ layers }) => [...layers])) },
    });
  },
});

const array = (values: readonly number[]) => ({ shape: [values.length], data: Float64Array.from(values) });
