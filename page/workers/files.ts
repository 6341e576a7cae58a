import { isLandauError, LandauError } from "../../src/errors.ts";
import { readNpz } from "../../src/formats/npz.ts";
import { readSafetensors } from "../../src/formats/safetensors.ts";
import type { FileKind, FileReply, FileRequest, Said } from "./file-messages.ts";

const post = (reply: FileReply): void => self.postMessage(reply);

/** Files of these kinds are held as a whole; logs are read piece by piece. */
const LARGEST = 1 << 30;

self.onmessage = async ({ data }: MessageEvent<FileRequest>) => {
  try {
    await look(data);
    post({ type: "done" });
  } catch (error) {
    // Bytes of anybody's may upset a reader in ways that nobody thought of: the page says so and goes on.
    const message = error instanceof Error ? error.message : String(error);
    post({ type: "failed", message: isLandauError(error) ? message : `cannot be read: ${message.slice(0, 300)}` });
  }
};

const look = async ({ files, kind, system }: FileRequest): Promise<void> => {
  if (files.length === 0) throw new LandauError("input", "no file: needs one");
  const found = kind ?? (await kindOf(files[0]));
  const say = (said: Said): void => post({ type: "said", kind: found, said });
  if (found === "log") {
    const { sayLog } = await import("../own/say-log.ts");
    return sayLog(files, pieces, say);
  }
  const held = await Promise.all(files.map(async file => ({ name: file.name, bytes: await bytesOf(file) })));
  if (found === "draws") return (await import("../own/say-draws.ts")).sayDraws(held, say);
  if (found === "scores") return (await import("../own/say-scores.ts")).sayScores(held[0], say);
  const [{ name, bytes }] = held;
  const arrays = isZip(bytes)
    ? Object.fromEntries(readNpz(bytes, name).map(array => [array.name, array]))
    : readSafetensors(bytes, name);
  return (await import("../own/say-weights.ts")).sayWeights(name, arrays, system, say);
};

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** The bytes of a file piece by piece, with how far it is. */
async function* pieces(file: File): AsyncGenerator<Uint8Array> {
  let read = 0;
  let told = 0;
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    read += value.length;
    if (performance.now() - told > 100) {
      told = performance.now();
      post({ type: "read", bytes: read, total: file.size });
    }
    yield value;
  }
}

const bytesOf = async (file: File): Promise<Uint8Array> => {
  if (file.size > LARGEST)
    throw new LandauError("input", `${file.name} has ${file.size} bytes: needs at most ${LARGEST} in a browser`);
  return new Uint8Array(await file.arrayBuffer());
};

/** By the first bytes, then by the names of columns. */
const kindOf = async (file: File): Promise<FileKind> => {
  const begin = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  if (/\.safetensors$/i.test(file.name)) return "weights";
  if (isZip(begin) || (begin[0] === 0x93 && begin[1] === 0x4e)) return "draws";
  const [head = ""] = new TextDecoder()
    .decode(begin)
    .split(/\r?\n/)
    .filter(line => !line.startsWith("#"));
  const names = head
    .toLowerCase()
    .split(/[,;\t]/)
    .map(name => name.trim().replaceAll('"', ""));
  const has = (...wanted: readonly string[]): boolean => wanted.some(name => names.includes(name));
  if (has("chain", "chain_id", "lp__", ".chain")) return "draws";
  const isTable = has("metric") && has("score");
  if (isTable || has("exact_match", "token_accuracy")) return "scores";
  return "log";
};
