import { main } from "../../../src/cli/command-line.ts";
import { extremeCalls } from "./cases.ts";

const [root, folder, from] = process.argv.slice(2);
const calls = await extremeCalls(root, folder);
const { signal } = new AbortController();
const say = (message: object): Promise<void> => new Promise(done => void process.send!(message, () => done()));
await say({ count: calls.length });
for (let i = Number(from); i < calls.length; i++) {
  await say({ begun: i, words: calls[i] });
  const written = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const start = process.cpuUsage().user;
  const code = await main(calls[i], { stdout: output("stdout"), stderr: output("stderr"), env: {}, signal });
  await say({
    ended: i,
    code,
    out: written.stdout.length,
    err: written.stderr.slice(-600),
    nan: /NaN|Infinity/.test(written.stdout),
    cpu: (process.cpuUsage().user - start) / 1e6,
    memory: 1024 * process.resourceUsage().maxRSS,
  });
}
process.exit(0);
