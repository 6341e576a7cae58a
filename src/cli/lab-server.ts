import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, relative, resolve, sep } from "node:path";
import { LandauError } from "../errors.ts";

export interface LabServerOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** Folder of the runs whose reports are served. */
  readonly runs: string;
  /** Folder of the page; that of the package when absent. */
  readonly page?: string;
}

export interface LabServer {
  /** `http://127.0.0.1:<port>/` */
  readonly origin: string;
  close(): Promise<void>;
}

/** What is served, by the ending of its name. Anything else is refused: the runs' folder may hold what is nobody's business. */
const types: { readonly [ending: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".csv": "text/csv; charset=utf-8",
};

/** Reports are whole pages that need no script; should a name in one break out, nothing of it runs. */
const REPORT_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'";

/**
 * Serves the built page at `/` and the reports of runs at `/runs/`, on the loopback interface alone. Refuses names of hosts that are not this machine's, so that
 * no other page can ask by a name of its own, and paths that lead outside of the two folders, also through links. Throws a LandauError of kind "input"
 * when the port is taken and one of kind "store" when the page was not built.
 */
export const serveLab = async ({ port, runs, page = pageFolder() }: LabServerOptions): Promise<LabServer> => {
  if (!existsSync(join(page, "index.html")))
    throw new LandauError("store", `${page} has no page: needs npm run build, or a package that was built`);
  const server = createServer((request, response) => {
    answer(request, response, { page, runs }).catch(() => refuse(response, 500, "cannot be read"));
  });
  await new Promise<void>((done, fail) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      fail(
        cause.code === "EADDRINUSE" || cause.code === "EACCES"
          ? new LandauError("input", `port ${port} cannot be used (${cause.code}): needs a free one, or 0 for any`, {
              cause,
            })
          : cause,
      ),
    );
    server.listen(port, "127.0.0.1", done);
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${own}/`,
    close: () =>
      new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};

/** Beside the built command line. */
const pageFolder = (): string => resolve(import.meta.dirname, "lab");

const HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

const answer = async (
  { method, url = "/", headers }: IncomingMessage,
  response: ServerResponse,
  { page, runs }: { readonly page: string; readonly runs: string },
): Promise<void> => {
  if (!HOST.test(headers.host ?? "")) return refuse(response, 421, "the lab answers to 127.0.0.1 and localhost only");
  if (method !== "GET" && method !== "HEAD") return refuse(response, 405, "needs GET");
  const path = pathOf(url);
  if (path === undefined) return refuse(response, 400, "no path");
  const isRun = path === "/runs" || path.startsWith("/runs/");
  if (isRun && /^\/runs\/?$/.test(path)) return send(response, method, ".html", Buffer.from(runsPage(runs)), "report");
  const [folder, name] = isRun ? [runs, path.slice("/runs/".length)] : [page, path.slice(1) || "index.html"];
  const file = fileIn(folder, name);
  if (file === undefined) return refuse(response, 404, "not here");
  const kind = isRun ? "report" : name.startsWith("assets/") ? "asset" : "page";
  return send(response, method, extname(file), await readFile(file), kind);
};

/** The path of an address, decoded once; undefined for what is none. */
const pathOf = (url: string): string | undefined => {
  try {
    const path = decodeURIComponent(url.split(/[?#]/)[0]);
    return path.startsWith("/") && !path.includes("\0") ? path : undefined;
  } catch {
    return undefined;
  }
};

/** A file of a kind that is served, inside a folder, wherever links lead; undefined for anything else. */
const fileIn = (folder: string, name: string): string | undefined => {
  if (!Object.hasOwn(types, extname(name))) return undefined;
  if (name.split(/[\\/]/).some(part => part.startsWith("."))) return undefined;
  try {
    const [root, file] = [realpathSync(folder), realpathSync(join(folder, name))];
    const inside = relative(root, file);
    const isOutside = inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || resolve(inside) === inside;
    return !isOutside && Object.hasOwn(types, extname(file)) && statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
};

type Kind = "page" | "asset" | "report";

const send = (response: ServerResponse, method: string, ending: string, bytes: Uint8Array, kind: Kind): void => {
  response.writeHead(200, {
    "content-type": types[ending],
    "content-length": bytes.length,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    // The name of an asset has the hash of what is in it.
    "cache-control": kind === "asset" ? "max-age=31536000, immutable" : "no-cache",
    ...(kind === "report" && { "content-security-policy": REPORT_POLICY }),
  });
  response.end(method === "HEAD" ? undefined : bytes);
};

const refuse = (response: ServerResponse, status: number, why: string): void => {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" });
  response.end(`${why}\n`);
};

/** The runs that have a report, the latest first. */
const runsPage = (runs: string): string => {
  const names = existsSync(runs)
    ? readdirSync(runs, { withFileTypes: true }).flatMap(entry =>
        entry.isDirectory() && !entry.name.startsWith(".") ? [entry.name] : [],
      )
    : [];
  const reported = names
    .filter(name => fileIn(runs, `${name}/report.html`) !== undefined)
    .sort()
    .reverse();
  const items = reported.map(
    name => `<li><a href="/runs/${encodeURIComponent(name)}/report.html">${escaped(name)}</a></li>`,
  );
  const list = items.length > 0 ? `<ul>${items.join("")}</ul>` : "<p>No run here has a report yet.</p>";
  const style =
    "html{color-scheme:light dark;font:16px/1.55 system-ui,sans-serif}body{max-width:64rem;margin:0 auto;padding:1.5rem}li{overflow-wrap:anywhere}";
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Runs: Landau</title><style>${style}</style><body><main><h1>Local runs</h1><p><a href="/">The lab</a></p>${list}</main></body></html>`;
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
