import { closeSync, ftruncateSync, readSync, writeSync } from "node:fs";
import { z } from "zod";
import type { ParameterArray } from "../../../contracts/objective.ts";
import { LandauError, quoted } from "../../../errors.ts";
import { entryNames } from "../../../sampling/entry-names.ts";
import { Ended, NOT_OURS, type PythonProcess, sharedFile, startPython } from "./process.ts";

/** What the other side says of itself before anything is asked. */
export interface Hello {
  readonly parameters: readonly ParameterArray[];
  readonly size: number;
  /** Samples that the loss is a mean of. */
  readonly samples: number;
  /** Whether the loss can be had of some samples; of each of them; of several points in one call. */
  readonly batches: boolean;
  readonly sampleLosses: boolean;
  readonly atOnce: boolean;
  /** In which the loss is computed. */
  readonly dtype: string;
  readonly python: string;
  readonly start: Float64Array;
}

/** A function in another process that is evaluated by waiting for it. */
export interface Remote {
  readonly hello: Hello;
  /** How often Python has ended and was started again. */
  readonly restarts: number;
  /** Losses at `losses.length` points, row by row, and their gradients where these are wanted; each on its row of `batch` where there is one. */
  evaluate(points: Float64Array, losses: Float64Array, gradients?: Float64Array, batch?: Int32Array): void;
  /** Losses of single samples at a point. */
  sampleLosses(w: Float64Array, batch: Int32Array, losses: Float64Array): void;
  close(): void;
}

const PROTOCOL = 1;
const [LOSS, GRADIENT, SAMPLES, MAP] = [1, 2, 3, 4];
/** Of a request: its length in 8 bytes and four numbers of 4; of an answer without its length: two numbers of 4. */
const [HEADER, ANSWER] = [24, 8];
/** Parameters above which points and gradients lie in a shared file: a pipe copies 64 kB at a time. */
const MOST_IN_FRAMES = 10_000;
/** Points of one request. */
const MOST_POINTS = 16;
/** Of Python at one question, before it is given up. */
const MOST_ENDS = 3;

/**
 * Starts the file and says hello. Since the function has no state of its own, a Python that ends is started again and asked the same; one that ends
 * three times at one question is given up. Throws LandauErrors of kind "input" with what Python printed or with its traceback.
 */
export const remoteFunction = (file: string, python: string): Remote => {
  const shared = sharedFile();
  let running = startPython(file, python, shared);
  const hello = greetFirst(running, file);
  const { size } = hello;
  const isShared = size > MOST_IN_FRAMES;
  const share = () => {
    if (isShared) ask(running, file, headed(new Uint8Array(HEADER), MAP, MOST_POINTS, 0, true));
  };
  if (isShared) ftruncateSync(shared, 2 * 8 * MOST_POINTS * size);
  share();
  let restarts = 0;
  let frame = new Uint8Array(HEADER);

  const startAgain = (): void => {
    running.close();
    running = startPython(file, python, shared);
    restarts++;
    if (!isSame(greet(running, file), hello))
      throw new LandauError("input", `${file} has changed while it was used: start anew`);
    share();
  };

  /** Asks; a Python that ends, while it answers or while it starts again, is started again. */
  const exchange = (request: Uint8Array): Uint8Array => {
    let printed = "";
    for (let ends = 0; ; ) {
      try {
        if (ends > 0) startAgain();
        return ask(running, file, request);
      } catch (error) {
        if (!(error instanceof Ended)) throw error;
        printed = running.printed() || printed;
        if (++ends === MOST_ENDS) throw ended(file, error, printed, `${MOST_ENDS} times at the same question`);
      }
    }
  };

  /** A request with room for its points and batches. */
  const request = (what: number, points: number, batch: number, bytes: number): Uint8Array => {
    if (frame.length < HEADER + bytes) frame = new Uint8Array(HEADER + bytes);
    return headed(frame.subarray(0, HEADER + bytes), what, points, batch, isShared);
  };

  const put = (points: Float64Array): number => {
    if (isShared) writeAll(shared, bytesOf(points));
    else frame.set(bytesOf(points), HEADER);
    return HEADER + (isShared ? 0 : points.byteLength);
  };

  const numbers = (answer: Uint8Array, count: number): Float64Array => {
    if (answer.length !== ANSWER + 8 * count)
      throw new LandauError("input", `${file}: an answer of ${answer.length} bytes to ${count} numbers: ${NOT_OURS}`);
    // A frame begins 8 bytes into its buffer, so that these lie where numbers may.
    return new Float64Array(answer.buffer, answer.byteOffset + ANSWER, count);
  };

  const some = (points: Float64Array, losses: Float64Array, gradients?: Float64Array, batch?: Int32Array): void => {
    const count = losses.length;
    const inFrame = (isShared ? 0 : points.byteLength) + (batch?.byteLength ?? 0);
    const asked = request(gradients ? GRADIENT : LOSS, count, batch ? batch.length / count : 0, inFrame);
    const end = put(points);
    if (batch) frame.set(bytesOf(batch), end);
    const answer = exchange(asked);
    const found = numbers(answer, gradients && !isShared ? count * (1 + size) : count);
    losses.set(found.subarray(0, count));
    if (gradients && isShared) readAll(shared, bytesOf(gradients), 8 * MOST_POINTS * size);
    else if (gradients) gradients.set(found.subarray(count));
  };

  return {
    hello,
    get restarts() {
      return restarts;
    },
    evaluate(points, losses, gradients, batch) {
      const each = batch ? batch.length / losses.length : 0;
      for (let from = 0; from < losses.length; from += MOST_POINTS) {
        const to = Math.min(losses.length, from + MOST_POINTS);
        const rows = (all: Float64Array) => all.subarray(from * size, to * size);
        some(
          rows(points),
          losses.subarray(from, to),
          gradients && rows(gradients),
          batch?.subarray(from * each, to * each),
        );
      }
    },
    sampleLosses(w, batch, losses) {
      const asked = request(SAMPLES, 1, batch.length, (isShared ? 0 : w.byteLength) + batch.byteLength);
      const end = put(w);
      frame.set(bytesOf(batch), end);
      losses.set(numbers(exchange(asked), batch.length));
    },
    close() {
      running.close();
      closeSync(shared);
    },
  };
};

/** A request with its header written. */
const headed = (frame: Uint8Array, what: number, points: number, batch: number, isShared: boolean): Uint8Array => {
  const view = new DataView(frame.buffer, frame.byteOffset);
  view.setBigUint64(0, BigInt(frame.length - 8), true);
  [what, points, batch, isShared ? 1 : 0].forEach((value, i) => {
    view.setUint32(8 + 4 * i, value, true);
  });
  return frame;
};

/** The answer to a request; a traceback becomes an error. */
const ask = (process: PythonProcess, file: string, request: Uint8Array): Uint8Array => {
  process.send(request);
  const answer = process.receive();
  if (answer[0] === 0) return answer;
  const [error, ...lines] = new TextDecoder().decode(answer.subarray(ANSWER)).trimEnd().split("\n");
  throw new LandauError("input", `${file}: ${error}${lines.length > 0 ? quoted(lines.join("\n")) : ""}`);
};

const ended = (file: string, { how }: Ended, printed: string, when: string): LandauError => {
  const text = printed.trimEnd();
  const by = how === undefined ? "" : ` (${how})`;
  return new LandauError("input", `${file}: Python ended${by} ${when}${text === "" ? "" : quoted(text)}`);
};

const greetFirst = (process: PythonProcess, file: string): Hello => {
  try {
    return greet(process, file);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    const printed = process.printed().trimEnd();
    const lines = printed.split("\n");
    const at = lines.findLastIndex(line => ERROR.test(line));
    if (at < 0) throw ended(file, error, printed, `before it served anything: ${NOT_OURS}`);
    const lacks = lines[at].startsWith("ModuleNotFoundError") ? HINT_LACKS : "";
    throw new LandauError("input", `${file}: ${lines[at]}${lacks}${quoted(printed)}`);
  }
};

/** The line of a traceback that names the error. */
const ERROR = /^[\w.]*(?:Error|Exception|Interrupt|Exit)(?::|$)/;
const HINT_LACKS = ": install it, or name the Python of another environment in LANDAU_PYTHON";

const greet = (process: PythonProcess, file: string): Hello => readHello(process.receive(), file);

const hello = z.object({
  landau: z.literal(PROTOCOL),
  names: z.array(z.string()),
  shapes: z.array(z.array(z.int().nonnegative())),
  n: z.int().positive(),
  batches: z.boolean(),
  atOnce: z.boolean(),
  sampleLosses: z.boolean(),
  dtype: z.string(),
  python: z.string(),
});

const readHello = (bytes: Uint8Array, file: string): Hello => {
  const refuse = (what: string): LandauError => new LandauError("input", `${file}: ${what}: ${NOT_OURS}`);
  if (bytes.length < 8) throw refuse("no hello");
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (!(length <= bytes.length - 8)) throw refuse("no hello");
  const { success, data: said } = hello.safeParse(jsonOf(bytes.subarray(8, 8 + length)));
  if (!success || said.names.length !== said.shapes.length) throw refuse("a hello in another form");
  const { names, shapes, n: samples, batches, sampleLosses, atOnce, dtype, python } = said;
  let size = 0;
  const parameters = names.map((name, i): ParameterArray => {
    const offset = size;
    size += shapes[i].reduce((product, side) => product * side, 1);
    return { name, shape: shapes[i], offset };
  });
  if (bytes.length !== 8 + length + 8 * size) throw refuse(`${size} parameters, but another number of values`);
  const start = new Float64Array(bytes.slice(8 + length).buffer);
  const bad = start.findIndex(value => !Number.isFinite(value));
  if (bad >= 0)
    throw new LandauError(
      "input",
      `${file}: ${entryNames(parameters)[bad]} of w0 is ${start[bad]}: needs a finite number`,
    );
  return { parameters, size, samples, batches, sampleLosses, atOnce, dtype, python, start };
};

const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
};

const isSame = (a: Hello, b: Hello): boolean =>
  JSON.stringify({ ...a, start: [] }) === JSON.stringify({ ...b, start: [] }) &&
  a.start.every((value, i) => Object.is(value, b.start[i]));

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const writeAll = (fd: number, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, at);
};

const readAll = (fd: number, bytes: Uint8Array, position: number): void => {
  for (let at = 0; at < bytes.length; ) {
    const count = readSync(fd, bytes, at, bytes.length - at, position + at);
    if (count === 0) throw new LandauError("input", "the shared file of a model in Python has lost its end");
    at += count;
  }
};
