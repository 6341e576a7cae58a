import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabServer, serveLab } from "../../src/cli/lab-server.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
const [page, runs, elsewhere] = ["page", "runs", "elsewhere"].map(name => join(folder, name));
let lab: LabServer;

beforeAll(async () => {
  for (const path of [page, join(page, "assets"), join(runs, "mine"), join(runs, "<b>"), elsewhere])
    mkdirSync(path, { recursive: true });
  writeFileSync(join(page, "index.html"), "<title>lab</title>");
  writeFileSync(join(page, "assets/a-1234.js"), "export {};");
  writeFileSync(join(runs, "mine/report.html"), "<title>report</title>");
  writeFileSync(join(runs, "mine/run.json"), "{}");
  writeFileSync(join(runs, "mine/.hidden.html"), "hidden");
  writeFileSync(join(runs, "mine/tasks.jsonl"), "{}");
  writeFileSync(join(runs, "<b>/report.html"), "");
  writeFileSync(join(elsewhere, "secret.html"), "secret");
  symlinkSync(join(elsewhere, "secret.html"), join(runs, "mine/link.html"));
  symlinkSync(elsewhere, join(page, "away"));
  lab = await serveLab({ port: 0, runs, page });
});
afterAll(() => lab.close());

/** Asks as no browser would: the path as it is. */
const ask = (path: string, headers: { readonly [name: string]: string } = {}, method = "GET") =>
  new Promise<{ status: number; text: string; headers: { readonly [name: string]: unknown } }>((done, fail) => {
    const { port } = new URL(lab.origin);
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, response => {
      let text = "";
      response.on("data", piece => {
        text += piece;
      });
      response.on("end", () => done({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    asked.on("error", fail);
    asked.end();
  });

describe("the lab's server", () => {
  test("serves the page, assets that may be kept, and reports that may run nothing", async () => {
    expect(lab.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await ask("/")).text).toContain("lab");
    expect((await ask("/index.html?x#y")).headers["cache-control"]).toBe("no-cache");
    const asset = await ask("/assets/a-1234.js");
    expect(asset.headers["content-type"]).toContain("text/javascript");
    expect(asset.headers["cache-control"]).toContain("immutable");
    const report = await ask("/runs/mine/report.html");
    expect(report.text).toContain("report");
    expect(report.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  test("lists runs that have a report, their names escaped", async () => {
    const { text } = await ask("/runs/");
    expect(text).toContain('href="/runs/mine/report.html"');
    expect(text).not.toContain("<b>");
    expect(text).toContain("&#60;b&#62;");
  });

  test.each([
    "/../elsewhere/secret.html",
    "/runs/../elsewhere/secret.html",
    "/runs/%2e%2e/elsewhere/secret.html",
    "/runs/..%2felsewhere%2fsecret.html",
    "/runs/mine/link.html",
    "/away/secret.html",
    "/runs/mine/.hidden.html",
    "/runs/mine/tasks.jsonl",
    "/runs/mine/",
    "/%00.html",
    "/%zz",
    "//etc/passwd.html",
  ])("refuses %s", async path => {
    const { status, text } = await ask(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toContain("secret");
  });

  test.each(["example.org", "127.0.0.1.example.org", "localhost.evil"])("refuses the host %j", async host => {
    expect((await ask("/", { host })).status).toBe(421);
  });

  test.each(["localhost", "127.0.0.1:99", "LOCALHOST:1", "[::1]:8000"])("answers to the host %s", async host => {
    expect((await ask("/", { host })).status).toBe(200);
  });

  test("answers GET and HEAD alone", async () => {
    expect((await ask("/", {}, "POST")).status).toBe(405);
    expect(await ask("/", {}, "HEAD")).toMatchObject({ status: 200, text: "" });
  });

  test("a port that is taken, and a page that was not built, are said", async () => {
    const { port } = new URL(lab.origin);
    await expect(serveLab({ port: Number(port), runs, page })).rejects.toThrow(`port ${port} cannot be used`);
    await expect(serveLab({ port: 0, runs, page: elsewhere })).rejects.toThrow("npm run build");
  });
});

describe("landau lab and landau run LINK", () => {
  test("a word that is no link is bad input", async () => {
    const { code, stderr } = await call(["lab", "deep-linear"]);
    expect(code).toBe(2);
    expect(stderr).toContain("no link of the lab");
  });

  test("a link runs, and the terminal prints it again", async () => {
    const link = "#/mirror-symmetry/live?v=1&seed=3&weightDecay=0.7&steps=200";
    const { code, stdout } = await call(["run", link, "--runs", emptyFolder(), "--no-report", "--workers", "1"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`lab '${link}'`);
  });

  test("a link with a mistake in it is bad input with a hint", async () => {
    const { code, stderr } = await call(["run", "#/mirror-symmetry/live?weihgtDecay=0.7"]);
    expect(code).toBe(2);
    expect(stderr).toContain("did you mean weightDecay?");
  });
});
