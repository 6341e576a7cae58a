// Reads changed inputs by one reader and says how far it is, for scripts/fuzz.mjs: ROOT NAME FROM TO.
import { inputOf, judged } from "./reader.ts";
import { readers } from "./readers.ts";

const MOST_MEMORY = 1_000_000_000;
/** Inputs after which it says how it went. */
const PIECE = 20_000;
/** Seconds of processor time that one input may take. */
const LONGEST = 5;
const [root, name, from, to] = process.argv.slice(2);
const reader = readers(root).find(each => each.name === name)!;
const say = (message: object): void => void process.send!(message);
// Where an error comes from is seldom asked for, and costs more than to read the input.
Error.stackTraceLimit = 0;
let [refused, readWhole, longestWait, slowestSeed] = [0, 0, 0, 0];
const seconds = (): number => process.cpuUsage().user / 1e6;
/** Processor time of an input when it is read once more. */
const costOf = async (seed: number): Promise<number> => {
  const bytes = inputOf(reader, seed);
  const before = seconds();
  await judged(reader, bytes);
  return seconds() - before;
};
const start = seconds();
/** How it went so far: what ran before the program was started anew is added by who started it. */
const tell = async (inputs: number): Promise<void> =>
  say({
    inputs,
    result: {
      refused,
      readWhole,
      slowest: await costOf(slowestSeed),
      slowestSeed,
      cpu: seconds() - start,
      memory: 1024 * process.resourceUsage().maxRSS,
    },
  });
let before = performance.now();
for (let seed = Number(from); seed < Number(to); seed++) {
  const bytes = inputOf(reader, seed);
  if (seed % 64 === 0) say({ seed });
  if (seed % PIECE === 0 && seed > Number(from)) await tell(seed);
  let outcome = await judged(reader, bytes);
  if (typeof outcome !== "string") {
    Error.stackTraceLimit = 20;
    outcome = await judged(reader, inputOf(reader, seed));
    Error.stackTraceLimit = 0;
    say({ failure: `seed ${seed}: ${typeof outcome === "string" ? "only once" : outcome.failure}` });
  } else if (outcome === "read") readWhole++;
  else refused++;
  const now = performance.now();
  if (now - before > longestWait) [longestWait, slowestSeed] = [now - before, seed];
  // On a machine that is busy with other things, what takes long need not cost much.
  if (now - before > 1000 * LONGEST) {
    const cost = await costOf(seed);
    if (cost > LONGEST) say({ failure: `seed ${seed}: ${cost.toFixed(1)} s of processor time` });
  }
  before = performance.now();
  if (seed % 256 === 0 && 1024 * process.resourceUsage().maxRSS > MOST_MEMORY) {
    say({ failure: `seed ${seed} or one of 256 before: ${1024 * process.resourceUsage().maxRSS} bytes of memory` });
    break;
  }
}
await tell(Number(to));
process.disconnect();
