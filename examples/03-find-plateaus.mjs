// Plateaus of a loss series, found without knowing where they should be.
import { findPlateaus, stream } from "landau";

const random = stream({ seed: 1, purpose: "noise" });
const loss = Array.from({ length: 300 }, (_, step) => [1, 0.6, 0.25][Math.floor(step / 100)] + 0.005 * random.normal());
for (const { from, to, level } of findPlateaus(loss, { width: 0.05, points: 10 })) {
  console.log(`steps ${from} to ${to}: loss ${level.toFixed(3)}`);
}
