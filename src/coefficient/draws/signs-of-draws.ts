import type { Finding } from "../../contracts/health.ts";
import { quantile, standardDeviation } from "../../numerics/statistics.ts";
import { copyFinder } from "../../sampling/diagnostics/copies.ts";
import type { LossSign } from "./loss-draws.ts";

type Sign = Finding<LossSign>;

const listed = (chains: readonly number[]): string =>
  `${chains.length === 1 ? "chain" : "chains"} ${chains.map(chain => chain + 1).join(", ")}`;

/** Which chains are finite from end to end. */
export const finiteSign = (chains: readonly Float64Array[]): { finding: Sign; whole: number[] } => {
  const firstBad = chains.map(chain => chain.findIndex(value => !Number.isFinite(value)));
  const indices = chains.map((_, index) => index);
  const broken = indices.filter(index => firstBad[index] >= 0);
  const whole = indices.filter(index => firstBad[index] < 0);
  if (broken.length === 0)
    return { finding: { name: "finite", outcome: "good", value: 0, text: "every loss is finite" }, whole };
  const places = broken.map(index => `chain ${index + 1} from draw ${firstBad[index]}`).join(", ");
  return {
    finding: {
      name: "finite",
      outcome: "bad",
      value: broken.length,
      text: `no finite loss: ${places}: left out; such a chain has blown up or was interrupted, lower the step size or run it on`,
    },
    whole,
  };
};

/** A chain that moves this much less than the others does not move. */
const STILL = 1e-3;

/** Of the chains named, those that move and are no copies of an earlier one. */
export const deadSigns = (
  chains: readonly Float64Array[],
  whole: readonly number[],
): { findings: Sign[]; alive: number[] } => {
  const spreads = new Map(whole.map(index => [index, standardDeviation(chains[index])]));
  const typical = whole.length === 0 ? 0 : quantile([...spreads.values()], 0.5);
  const isStill = (index: number): boolean => {
    const spread = spreads.get(index)!;
    return spread === 0 || spread < STILL * typical;
  };
  const still = whole.filter(isStill);
  const moving = whole.filter(index => !isStill(index));
  const finder = copyFinder();
  finder.see(moving.map(index => chains[index]));
  const copies = [...new Set(finder.pairs().map(([, later]) => moving[later]))];
  const findings: Sign[] = [
    still.length === 0
      ? { name: "moving", outcome: "good", value: 0, text: "every chain moves" }
      : {
          name: "moving",
          outcome: "bad",
          value: still.length,
          text: `dead: the loss of ${listed(still)} does not move: left out; were its parameters frozen, or its step size 0?`,
        },
  ];
  if (copies.length > 0)
    findings.push({
      name: "copies",
      outcome: "bad",
      value: copies.length,
      text: `${listed(copies)} holds the draws of an earlier chain, which count once: give each a seed of its own`,
    });
  return { findings, alive: moving.filter(index => !copies.includes(index)) };
};

/** Times the distance from the median to the 97.5 % quantile: draws of any smooth tail, normal or exponential, stay below. */
const SPIKE = 6;

/** Single draws far above all others, in the chains that count, their start included. */
export const spikeSign = (
  chains: readonly Float64Array[],
  alive: readonly number[],
  kept: readonly Float64Array[],
): Sign => {
  const middle = quantile(
    kept.map(chain => quantile(chain, 0.5)),
    0.5,
  );
  // Of the typical chain, so that the spikes of one do not hide themselves.
  const reach = quantile(
    kept.map(chain => quantile(chain, 0.975) - quantile(chain, 0.5)),
    0.5,
  );
  let [worst, place, count] = [0, "", 0];
  for (const index of alive)
    chains[index].forEach((value, draw) => {
      const height = (value - middle) / (reach || 1);
      if (height > SPIKE) count++;
      if (height > worst) [worst, place] = [height, `draw ${draw} of chain ${index + 1}`];
    });
  return count === 0
    ? { name: "spikes", outcome: "good", value: worst, text: "no draw stands far above the others" }
    : {
        name: "spikes",
        outcome: "doubtful",
        value: worst,
        text: `${count} ${count === 1 ? "draw stands" : "draws stand"} far above the others, the worst ${worst.toFixed(0)} times as far as 97.5 % of the draws, ${place}: lower the step size`,
      };
};
