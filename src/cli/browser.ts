import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** A program and the words before the file that it opens. */
export type Opener = readonly [program: string, ...words: string[]];

/** What opens a page on this system; undefined where there is no screen to open it on. */
export const opener = (
  platform: NodeJS.Platform,
  env: { readonly [name: string]: string | undefined },
): Opener | undefined => {
  if (env.BROWSER) return [env.BROWSER];
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["cmd", "/c", "start", ""];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
};

/** Milliseconds in which a program that cannot open a file says so. */
const PATIENCE = 2000;

/** Opens a file and leaves the program alone. Resolves to whether it could be started. */
export const start = (opener: Opener, path: string): Promise<boolean> => visit(opener, resolve(path));

/** The same for an address. */
export const visit = ([program, ...words]: Opener, address: string): Promise<boolean> =>
  new Promise(done => {
    const child = spawn(program, [...words, address], { detached: true, stdio: "ignore" });
    const timer = setTimeout(() => done(true), PATIENCE);
    const settle = (isStarted: boolean) => {
      clearTimeout(timer);
      done(isStarted);
    };
    child.on("error", () => settle(false));
    child.on("exit", code => settle(code === 0));
    child.unref();
  });
