import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { multinomial } from "../../../numerics/multinomial.ts";
import { stream } from "../../../numerics/stream.ts";
import { findOutputTransitions, nullFloor, plugIn } from "../../../transitions/dissimilarity/index.ts";

const OUTCOMES = 20;
const SIZES = [500, 800] as const;

/** The same random distribution for every member of a seed. */
const randomLaw = (seed: number, outcomes: number): Float64Array => {
  const random = stream({ seed, purpose: "law where nothing changes" });
  const p = Float64Array.from({ length: outcomes }, () => 0.2 + random.uniform());
  const sum = p.reduce((total, each) => total + each, 0);
  return p.map(each => each / sum);
};

/** Mean of a block of plug-in values between samples of one distribution, over the floors. */
export type FloorRecord = { readonly N: number; readonly lin: number; readonly js: number; readonly tv: number };

export const floorsProtocol = protocol<{ sample: FloorRecord }>()({
  name: "floors",
  summary: `${SIZES[0]} and ${SIZES[1]} draws from one law of ${OUTCOMES} outcomes: frequencies alone say that they differ, by so much on average`,
  settings: { repeats: integer("pairs of a block", { default: 100, min: 1, max: 100_000, scale: "log" }) },
  small: { repeats: 3 },
  run({ settings: { repeats }, seed, chain }, context) {
    const p = randomLaw(seed, OUTCOMES);
    const draw = multinomial(p);
    const random = stream({ seed, chain, purpose: "floors" });
    const [left, right] = [new Float64Array(OUTCOMES), new Float64Array(OUTCOMES)];
    const sum = { lin: 0, js: 0, tv: 0 };
    for (let repeat = 0; repeat < repeats; repeat++) {
      draw(SIZES[0], random.at(repeat), left);
      draw(SIZES[1], random, right);
      const { value } = plugIn(left, right);
      sum.lin += value.lin;
      sum.js += value.js;
      sum.tv += value.tv;
    }
    const floor = nullFloor(p, 1 / SIZES[0] + 1 / SIZES[1]);
    const share = (name: keyof typeof sum): number => sum[name] / repeats / floor[name];
    context.record("sample", { N: SIZES[0], lin: share("lin"), js: share("js"), tv: share("tv") });
  },
});

/** What the detector says of counts in which nothing changes. */
export type AlarmRecord = {
  /** Samples at each value of the control. */
  readonly N: number;
  /** Whether any value at any length exceeds the threshold, and whether it is a peak so that a transition is found. */
  readonly alarm: boolean;
  readonly found: boolean;
  /** Largest value of the scan, and the its mean in redrawn scans, in units of their spread. */
  readonly largest: number;
  readonly expected: number;
};

const ALARM_OUTCOMES = 10;
const REDRAWS = 300;
const RESAMPLES = 40;

export const falseAlarmsProtocol = protocol<{ sample: AlarmRecord }>()({
  name: "false-alarms",
  summary: `counts of ${ALARM_OUTCOMES} outcomes whose law is the same everywhere: does the detector find a transition?`,
  settings: {
    n: integer("samples at each value of the control", { default: 200, min: 2, max: 1_000_000, scale: "log" }),
    values: integer("values of the control", { default: 41, min: 4, max: 10_000 }),
  },
  small: { n: 20, values: 8 },
  run({ settings: { n, values }, seed, chain }, context) {
    const draw = multinomial(randomLaw(seed, ALARM_OUTCOMES));
    const random = stream({ seed, chain, purpose: "false alarms" });
    const control = Array.from({ length: values }, (_, k) => k);
    const counts = control.map(() => {
      const row = new Float64Array(ALARM_OUTCOMES);
      draw(n, random, row);
      return row;
    });
    const { found, nulls } = findOutputTransitions(
      { control, counts },
      { seed: seed + chain, redraws: REDRAWS, resamples: RESAMPLES, onProgress: context.progress },
    );
    const { pValue, largest, expected } = nulls!;
    context.record("sample", { N: n, alarm: pValue <= 0.05, found, largest, expected });
  },
});
