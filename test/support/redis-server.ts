import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import { delimiter, join } from "node:path";
import { startDaemon } from "./daemon.ts";
import { freePorts } from "./free-ports.ts";
import { emptyFolder } from "./scratch.ts";

/** A Redis of our own that keeps nothing: what it knows is lost with it. */
export interface RedisServer {
  readonly address: string;
  /** Kills it, and starts an empty one in its place. */
  restart(): Promise<void>;
  stop(): void;
}

const isThere = (name: string): boolean =>
  (process.env.PATH ?? "").split(delimiter).some(place => existsSync(join(place, name)));

/** Why there is none; undefined where Debian's redis-server is installed. */
export const redisMissing = (): string | undefined =>
  isThere("redis-server") ? undefined : "redis-server is not installed (apt install redis-server)";

/** Starts one; another test may have taken the port meanwhile, so that it is tried more than once. Rejects when it does not start. */
export const startRedis = async (): Promise<RedisServer> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce();
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
};

const startOnce = async (): Promise<RedisServer> => {
  const [port] = await freePorts(1);
  const words = [`--port ${port}`, "--bind 127.0.0.1", "--appendonly no", `--dir ${emptyFolder()}`].flatMap(word =>
    word.split(" "),
  );
  let child: ChildProcess;
  const stop = () => void child.kill("SIGKILL");
  process.once("exit", () => stop());
  const start = async () => {
    child = startDaemon("redis-server", [...words, "--save", ""], { stdio: "ignore" });
    for (let i = 0; i < 200 && child.exitCode === null; i++) {
      await new Promise(done => setTimeout(done, 50));
      if (await answers(port)) return;
    }
    stop();
    throw new Error(`redis-server did not start: it ended with code ${child.exitCode}`);
  };
  await start();
  return {
    address: `redis://127.0.0.1:${port}`,
    async restart() {
      const gone = new Promise(done => child.once("exit", done));
      child.kill("SIGKILL");
      await gone;
      await start();
    },
    stop,
  };
};

const answers = (port: number): Promise<boolean> =>
  new Promise(done => {
    const socket = createConnection(port, "127.0.0.1", () => done(true));
    socket.on("connect", () => socket.end());
    socket.on("error", () => done(false));
  });
