// Reads changed logs by one importer and says how far it is, for scripts/fuzz-logs.mjs: FOLDER NAME FROM TO.
import { isLandauError } from "../../../src/errors.ts";
import { importers } from "./importers.ts";
import { wholeNumbers } from "./mutated.ts";

const MOST_MEMORY = 1_000_000_000;
const [folder, name, from, to] = process.argv.slice(2);
const { input, read } = importers(folder).find(each => each.name === name)!;
const say = (message: object): void => void process.send!(message);
let [refused, readWhole, slowest, slowestSeed] = [0, 0, 0, 0];
const start = process.cpuUsage();
for (let seed = Number(from); seed < Number(to); seed++) {
  const bytes = input(wholeNumbers(seed));
  if (seed % 64 === 0) say({ seed });
  const before = performance.now();
  try {
    await read(bytes);
    readWhole++;
  } catch (error) {
    const isClear = isLandauError(error, "input") && error.message.includes("fuzzed") && error.message.length < 2000;
    if (!isClear) say({ failure: `seed ${seed}: ${(error as Error).stack}` });
    refused++;
  }
  const took = performance.now() - before;
  if (took > slowest) [slowest, slowestSeed] = [took, seed];
  if (seed % 256 === 0 && process.memoryUsage.rss() > MOST_MEMORY)
    say({ failure: `seed ${seed}: ${process.memoryUsage.rss()} bytes of memory` });
}
const { user, system } = process.cpuUsage(start);
say({
  done: {
    name,
    refused,
    readWhole,
    slowest,
    slowestSeed,
    cpu: (user + system) / 1e6,
    memory: 1024 * process.resourceUsage().maxRSS,
  },
});
process.disconnect();
