import type { Settings } from "../../../contracts/field.ts";
import { invalid } from "../../../errors.ts";
import { stream } from "../../../numerics/stream.ts";
import { annealProtocol } from "../../anneal.ts";
import { decayed } from "../../decayed.ts";
import { checkDimensions, fromFlat } from "../model/layout.ts";
import { populationObjective } from "../model/population.ts";
import { shapeOf } from "../phases.ts";
import { kgonPoint } from "../theory/kgon.ts";
import { levelLabel } from "../theory/levels.ts";
import { controls } from "./controls.ts";
import { starts } from "./starts.ts";

/** Columns whose squared lengths add up to less are zero. */
const GONE = 1e-4;

const TWO_PI = 6.283185307179586;
const POLYGON = "polygon";

const at = (settings: Settings) => settings as { readonly [name: string]: number };

/**
 * Slow sweeps on the population loss. Under weight decay the polygons lose vertices one jump after the other, and at 4/(3c) the columns
 * that are left vanish continuously; as the last output counts less, the c-gon falls to the polygon without it.
 */
export const annealSuperposition = annealProtocol({
  summary: "sweep the decay of the columns, or what the last output counts, slowly up and down: which polygon survives",
  settings: {
    c: controls.c,
    r: controls.r,
    weightDecay: {
      kind: "number",
      summary: "decay of W, half of it times |W|^2 is added to the loss",
      default: 0,
      min: 0,
      max: 100,
    },
    outputWeight: {
      kind: "number",
      summary: "what the squared error of the last output counts",
      default: 1,
      min: 0,
      max: 100,
    },
    start: {
      kind: "choice",
      summary: `where a sweep begins: ${POLYGON}, the regular c-gon, rotated at random; ${Object.entries(starts)
        .map(([name, { summary }]) => `${name}, ${summary}`)
        .join("; ")}`,
      default: POLYGON,
      choices: [POLYGON, ...Object.keys(starts)],
    },
  },
  controls: ["weightDecay", "outputWeight"],
  defaults: { from: 0.01, to: 0.27, values: 53, steps: 1000, stepSize: 0.3 },
  check(settings) {
    const { c, r } = at(settings);
    checkDimensions(c, r);
    if (settings.start !== "R" && r !== 2)
      throw invalid("r", r, `2 for the start ${settings.start}; start R works for every r`);
    if (settings.start !== "R" && settings.start !== POLYGON && c < 4)
      throw invalid("c", c, `at least 4 for the start ${settings.start}`);
  },
  objective(settings) {
    const { c, r, weightDecay, outputWeight } = at(settings);
    const outputWeights = Array.from({ length: c }, (_, i) => (i === c - 1 ? outputWeight : 1));
    return decayed(populationObjective({ c, r, outputWeights }), weightDecay, r * c);
  },
  start(settings, { seed, chain }) {
    const { c, r } = at(settings);
    const random = stream({ seed, chain, purpose: "start" });
    return settings.start === POLYGON
      ? kgonPoint({ k: c, c, sigma: 0, vestigialBias: 0, rotation: TWO_PI * random.uniform() })
      : starts[settings.start as string].point(random, c, r);
  },
  observe(settings, w) {
    const { c, r } = at(settings);
    const { W, b } = fromFlat(w, { c, r });
    const { k, live, sigma } = shapeOf(W, b);
    let [squares, last] = [0, 0];
    for (let i = 0; i < r * c; i++) {
      squares += w[i] * w[i];
      if (i % c === c - 1) last += w[i] * w[i];
    }
    return {
      // Decay takes away all columns; what an output counts decides over its own.
      order: Math.sqrt(settings.control === "outputWeight" ? last : squares),
      norm: Math.sqrt(squares),
      k,
      live,
      sigma,
      label: squares < GONE ? "zero" : levelLabel(live, sigma),
    };
  },
});
