import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LandauError } from "../../../errors.ts";

/** A Python that runs a file and exchanges frames with us, each side waiting for the other. */
export interface PythonProcess {
  readonly pid: number;
  /** Writes one frame, whole. Throws `Ended` when nobody reads. */
  send(frame: Uint8Array): void;
  /** The bytes of the next frame, valid until the next call. Throws `Ended` when Python ends before it is whole. */
  receive(): Uint8Array;
  /** The end of what Python has printed, on either output. */
  printed(): string;
  close(): void;
}

/** Python has ended, by itself or by a signal. */
export class Ended extends Error {
  /** "signal 9" or "code 3", where the system tells. */
  readonly how?: string;

  constructor(how?: string) {
    super("Python ended");
    this.how = how;
  }
}

/** Our own Python file: beside `dist/`, in a clone and in the package. */
const library = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../../../../python" : "../python", import.meta.url),
);

/** Sums are split by threads, so that bits would depend on their number; who sets these decides otherwise. */
const threads = { OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };

/** Which of its file descriptors Python reads, writes and maps into its memory. */
const [READS, WRITES, SHARED] = [3, 4, 5];
const PRINTED = 8192;
const FIRST_BUFFER = 1 << 16;

/** Starts `python file`, which also sees the open file `shared`. Throws a LandauError of kind "input" where that cannot be. */
export const startPython = (file: string, python: string, shared: number): PythonProcess => {
  const folder = mkdtempSync(join(tmpdir(), "landau-"));
  const [requests, answers] = pipes(folder);
  const log = openSync(join(folder, "log"), constants.O_RDWR | constants.O_CREAT | constants.O_APPEND);
  rmSync(folder, { recursive: true });
  const { PYTHONPATH } = process.env;
  const child = spawn(python, [file], {
    stdio: ["ignore", log, log, requests.reads, answers.writes, shared],
    env: {
      ...threads,
      ...process.env,
      PYTHONPATH: PYTHONPATH ? `${library}${delimiter}${PYTHONPATH}` : library,
      LANDAU_PIPES: `${READS},${WRITES},${SHARED}`,
    },
  });
  // What is wrong is seen below, at once; this one comes too late.
  child.on("error", () => {});
  child.unref();
  closeSync(requests.reads);
  closeSync(answers.writes);
  const close = () => {
    for (const fd of [requests.writes, answers.reads, log]) closeSync(fd);
  };
  const { pid } = child;
  if (pid === undefined) {
    close();
    throw new LandauError(
      "input",
      `cannot start ${python}: install Python 3 with numpy, or name another one in LANDAU_PYTHON`,
    );
  }
  let buffer = new Uint8Array(FIRST_BUFFER);
  const fill = (at: number): number => {
    const count = readSync(answers.reads, buffer, at, buffer.length - at, null);
    if (count === 0) throw new Ended(howEnded(pid));
    return count;
  };
  return {
    pid,
    send(frame) {
      try {
        for (let at = 0; at < frame.length; ) at += writeSync(requests.writes, frame, at);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EPIPE") throw new Ended(howEnded(pid));
        throw error;
      }
    },
    receive() {
      let got = 0;
      while (got < 8) got += fill(got);
      const length = Number(new DataView(buffer.buffer).getBigUint64(0, true));
      if (!(length <= MOST_BYTES)) throw new LandauError("input", `${file}: a frame of ${length} bytes: ${NOT_OURS}`);
      if (8 + length > buffer.length) {
        const larger = new Uint8Array(8 + length);
        larger.set(buffer.subarray(0, got));
        buffer = larger;
      }
      while (got < 8 + length) got += fill(got);
      return buffer.subarray(8, 8 + length);
    },
    printed() {
      const { size } = fstatSync(log);
      const end = Buffer.alloc(Math.min(size, PRINTED));
      readSync(log, end, 0, end.length, size - end.length);
      return end.toString("utf8");
    },
    close,
  };
};

/** Without an event loop in which Node would hear of it: Linux keeps how a process has ended with its other numbers, the last of them. */
const howEnded = (pid: number): string | undefined => {
  try {
    const status = Number(readFileSync(`/proc/${pid}/stat`, "utf8").trim().split(" ").at(-1));
    const signal = status & 127;
    if (signal > 0) return `signal ${signal}${signal === 9 ? ", killed: by hand or for want of memory" : ""}`;
    return status > 0 ? `code ${status >> 8}` : undefined;
  } catch {
    return undefined;
  }
};

const MOST_BYTES = 1 << 30;
export const NOT_OURS = "needs a file whose last line is landau.serve, serve_torch or serve_jax, of the same version";

interface Pipe {
  readonly reads: number;
  readonly writes: number;
}

/**
 * Two pipes on which reads and writes wait: those that Node itself gives a child do not, and a call in the middle of a chain's step has no event loop
 * to wait in.
 */
const pipes = (folder: string): [Pipe, Pipe] => {
  const paths = ["requests", "answers"].map(name => join(folder, name));
  const { status } = spawnSync("mkfifo", paths);
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    throw new LandauError("input", "no named pipes here (mkfifo): a model in Python needs Linux or macOS");
  }
  return paths.map((path): Pipe => {
    // Opened both ways, so that neither end waits for the other.
    const both = openSync(path, "r+");
    const pipe = { reads: openSync(path, "r"), writes: openSync(path, "w") };
    closeSync(both);
    return pipe;
  }) as [Pipe, Pipe];
};

/** An empty file without a name, gone with the last process that has it open: in memory where the system has a folder there. */
export const sharedFile = (): number => {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "landau-"));
  const fd = openSync(join(folder, "shared"), "w+");
  rmSync(folder, { recursive: true });
  return fd;
};
