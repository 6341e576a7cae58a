import { resolve } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { type LabServer, serveLab } from "../../../src/cli/lab-server.ts";
import { launchChromium } from "../../support/engines.ts";
import { emptyFolder } from "../../support/scratch.ts";

const dist = resolve(import.meta.dirname, "../../../dist/lab");

/** A page of the lab as one opens it, with all that must not happen on it. */
export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of the console, uncaught errors, and requests to any other origin. */
  readonly faults: string[];
}

export interface Lab {
  readonly origin: string;
  open(path: string, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** The built lab in one Chromium. */
export const openLab = async (): Promise<Lab> => {
  const server: LabServer = await serveLab({ port: 0, runs: emptyFolder(), page: dist });
  const browser: Browser = await launchChromium();
  return {
    origin: server.origin,
    async open(path, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on("console", message => {
        if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
      });
      page.on("pageerror", error => faults.push(String(error.stack ?? error)));
      page.on("request", request => {
        const url = request.url();
        if (!url.startsWith(server.origin) && !/^(data|blob):/.test(url)) faults.push(`request to ${url}`);
      });
      await page.goto(server.origin + path);
      if (options.javaScriptEnabled !== false) await ready(page);
      return { page, context, faults };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
};

export const ready = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.documentElement.dataset.ready === "yes");
