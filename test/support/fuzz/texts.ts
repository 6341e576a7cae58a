import { LandauError } from "../../../src/errors.ts";
import { completeSpec } from "../../../src/lab/complete-spec.ts";
import { isLink, linkedSpec } from "../../../src/lab/link.ts";
import { readSpec, type SpecFormat } from "../../../src/lab/spec-text.ts";
import { doneLine, hashLines, readTaskLog } from "../../../src/lab/task-log.ts";
import type { Task } from "../../../src/lab/tasks.ts";
import { readVectorFile } from "../../../src/lab/vector-file.ts";
import { loadSystem } from "../../../src/systems/index.ts";
import { bytesOf, changed, type FuzzedReader } from "./reader.ts";

/** The readers of specs, of test vectors and of the logs of tasks. */
export const texts = (): readonly FuzzedReader[] => [
  spec("yaml", YAML),
  spec("toml", TOML),
  spec("json", JSON_SPEC),
  {
    name: "link",
    kinds: ["input", "spec"],
    // There is no file: what is said is a part of the link, a setting or a system.
    says: "",
    ...changed(...LINKS.map(bytesOf)),
    async read(bytes) {
      const text = textOf(bytes);
      if (!isLink(text)) throw new LandauError("input", "no link");
      const given = await linkedSpec(text);
      return [JSON.stringify(completeSpec(given, { [given.system]: await loadSystem(given.system) }))];
    },
  },
  {
    name: "vectors",
    kinds: ["vectors"],
    ...changed(VECTORS),
    read: (bytes, name) => {
      const { system, cases } = readVectorFile(textOf(bytes), name);
      return [system, ...cases.flatMap(({ quantity, id }) => [quantity, id])];
    },
  },
  {
    name: "task-log",
    kinds: ["store"],
    ...changed(bytesOf(LOG), bytesOf(`${LOG}${doneLine(hashLines(LOG.split("\n").slice(0, -1)))}\n`)),
    read: (bytes, name) => readTaskLog(bytes, name, { from: 0, to: 4 } as Task).lines.slice(0, 0),
  },
];

const systems = { superposition: await loadSystem("superposition") };

const spec = (format: SpecFormat, valid: readonly string[]): FuzzedReader => ({
  name: `spec-${format}`,
  kinds: ["spec"],
  ...changed(...valid.map(bytesOf)),
  read: (bytes, name) => [JSON.stringify(readSpec(textOf(bytes), format, name, systems))],
});

/** As the command reads files: bytes that are no UTF-8 become U+FFFD. */
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const SPEC = {
  landau: 1,
  system: "superposition",
  seed: 1,
  title: "wider",
  studies: [{ name: "eight", protocol: "train", chains: 8, settings: { c: 8, scheme: "R", epochs: 1500 } }],
};
const JSON_SPEC = [JSON.stringify(SPEC), JSON.stringify(SPEC, null, 2)];
const TOML = [
  '# six\nsystem = "superposition"\nseed = 1\n\n[[studies]]\nname = "eight"\nprotocol = "train"\nchains = 8\nsettings = { c = 8, scheme = "R" }\n',
  'system = """superposition"""\nseed = 1_000\n\n[[studies]]\nname = \'b\'\nprotocol = "train"\nchains = 0x1f\n[studies.settings]\nepochs = 2.5e3\nscheme = "\\u0052"\n',
];
const YAML = [
  "system: superposition\nseed: 1\nstudies:\n  - name: eight\n    protocol: train\n    chains: 8\n    settings: { c: 8, scheme: R }\n",
  'system: &s "superposition"\nseed: 0x1f\nstudies:\n- {name: *s, protocol: train, chains: 1, settings: {epochs: 2.5e3, scheme: R}}\ntitle: |\n  two\n  lines\n',
];
const LINKS = [
  "#/deep-linear/live?v=1&seed=3&weightDecay=0.35",
  "http://127.0.0.1:8000/#/superposition/train?v=1&seed=41&chains=3&c=5&scheme=R&epochs=1e3",
];
const VECTORS = bytesOf(
  JSON.stringify({
    format: "landau-vectors/1",
    system: "superposition",
    cases: [
      { quantity: "loss", id: "a", input: { c: 4, list: [1, 2] }, expected: 0.25, tolerance: { relative: 1e-9 } },
      { quantity: "gradient", input: {}, expected: [1, 2.5], tolerance: { absolute: 1e-6 }, slow: true },
    ],
  }),
);
const LOG =
  '{"kind":"checkpoint","chain":0,"step":1,"loss":0.5}\n{"kind":"checkpoint","chain":0,"step":2,"loss":0.25}\n{"kind":"final","chain":1,"loss":1e-3}\n';
