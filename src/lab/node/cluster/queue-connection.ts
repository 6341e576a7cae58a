import type { ConnectionOptions } from "bullmq";
import type { RedisOptions } from "ioredis";
import { LandauError } from "../../../errors.ts";
import { engineError } from "./engine.ts";

/** BullMQ, which who needs no queue does not install. Rejects with a LandauError of kind "input" that says how to get it. */
export const loadBullMq = async (): Promise<typeof import("bullmq")> => {
  try {
    // BullMQ leaves the connection to a package of one's choice.
    await import("ioredis");
    return await import("bullmq");
  } catch (cause) {
    throw new LandauError(
      "input",
      "a queue needs bullmq and ioredis, which are not installed: npm install bullmq ioredis",
      {
        cause,
      },
    );
  }
};

/** `redis://user:password@host:port/database`, or `rediss:` for an encrypted connection. */
export const connectionOf = (address: string): ConnectionOptions => {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new LandauError("input", `--on is ${address}: needs an address such as redis://127.0.0.1:6379`);
  }
  const { hostname, port, username, password, pathname, protocol } = url;
  const database = Number(pathname.slice(1) || 0);
  if (!Number.isSafeInteger(database) || database < 0)
    throw new LandauError("input", `--on: the database is ${pathname.slice(1)}: needs a whole number, such as /0`);
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? 6379 : Number(port),
    ...(username !== "" && { username: decodeURIComponent(username) }),
    ...(password !== "" && { password: decodeURIComponent(password) }),
    db: database,
    ...(protocol === "rediss:" && { tls: {} }),
    // Asked again for as long as it takes: a server that is started anew is no fault.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => Math.min(100 * attempt, 2000),
  };
};

/** The queue of a run. */
export const queueName = (id: string): string => `landau-${id}`;

/** Without the password. */
export const addressText = (address: string): string => address.replace(/\/\/[^@/]*@/, "//");

const PATIENCE = 10_000;

/** What a first answer resolves to; rejects with a LandauError of kind "engine" when there is none within ten seconds. */
export const firstAnswer = async <T>(address: string, asking: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(engineError(`${addressText(address)} does not answer`)), PATIENCE);
  });
  try {
    return await Promise.race([asking, silence]);
  } finally {
    clearTimeout(timer);
  }
};

/** Seconds for which a run's end is kept, for workers that come late. */
const END_KEPT = 86_400;

/** A word beside the queue of a run that says whether it is over, so that workers end. */
export interface EndSign {
  set(): Promise<void>;
  clear(): Promise<void>;
  isSet(): Promise<boolean>;
  close(): void;
}

export const endSign = async (address: string, id: string): Promise<EndSign> => {
  const { Redis } = await import("ioredis");
  const client = new Redis(connectionOf(address) as RedisOptions);
  // BullMQ's own connections tell of what goes wrong.
  client.on("error", () => {});
  const key = `landau:${id}:ended`;
  return {
    set: async () => void (await client.set(key, "1", "EX", END_KEPT)),
    clear: async () => void (await client.del(key)),
    isSet: async () => (await client.get(key)) === "1",
    close: () => client.disconnect(),
  };
};
