import { stream } from "../../src/numerics/stream.ts";
import { findChanges } from "../../src/transitions/change/find-changes.ts";
import { segmentation } from "../../src/transitions/change/segmentation.ts";
import { findTransitions } from "../../src/transitions/detect/index.ts";
import { dependent } from "./series.ts";

/** 20 jumps by `size` standard deviations, up and down at uneven distances, in AR(1) noise. */
const jumps = (length: number, size: number, phi = 0): Float64Array => {
  const random = stream({ seed: 1, purpose: "speed" });
  const values = dependent(phi, random, length);
  const gaps = Array.from({ length: 21 }, () => 0.5 + random.uniform());
  const whole = gaps.reduce((sum, gap) => sum + gap, 0);
  let share = 0;
  const places = gaps.slice(0, 20).map(gap => {
    share += gap / whole;
    return share * length;
  });
  for (let i = 0; i < length; i++) values[i] += size * (places.filter(at => at <= i).length % 2);
  return values;
};

/** Least CPU seconds of some rounds. `find` returns how many of the 20 jumps it found, `least` or more. */
const seconds = (rounds: number, find: () => number, least = 20): number => {
  const all = Array.from({ length: rounds }, () => {
    const start = process.cpuUsage();
    const found = find();
    if (found < least || found > 20) throw new Error(`${found} changes were found instead of 20`);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return Math.min(...all);
};

const mean = (length: number) => seconds(5, () => segmentation(jumps(length, 1), { cost: "mean" }).length);

const times = () => {
  const long = jumps(200_000, 3);
  const track = { name: "loss", step: Float64Array.from(long, (_, i) => i), value: long };
  return {
    long: mean(200_000),
    short: mean(20_000),
    laws: seconds(2, () => findChanges(jumps(2000, 3)).changes.length),
    // In noise so dependent jumps of 3 that come after some 100 values are not all told from its wandering.
    dependent: seconds(2, () => findChanges(jumps(2000, 3, 0.9)).changes.length, 1),
    // On 300 means some jumps are as close as changes may be.
    thinned: seconds(1, () => findTransitions([track]).transitions.length, 10),
  };
};

/** `jumps LENGTH` writes the values of a series to be timed by others; `times` prints CPU seconds here. */
const [mode, length] = process.argv.slice(2);
if (mode === "jumps") process.stdout.write(new Uint8Array(jumps(Number(length), 1).buffer));
else console.log(JSON.stringify(times()));
