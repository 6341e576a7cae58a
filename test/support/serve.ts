import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

export interface Site {
  /** `http://127.0.0.1:<port>/` */
  readonly origin: string;
  close(): void;
}

const types: { readonly [extension: string]: string } = { ".js": "text/javascript" };

/** Serves strings by their names on the loopback interface, and an empty page under every other name: workers and modules need an origin. */
export const serve = async (files: { readonly [name: string]: string }): Promise<Site> => {
  const server = createServer(({ url = "/" }, response) => {
    const name = url.slice(1);
    response.setHeader("content-type", types[extname(name)] ?? "text/html");
    response.end(files[name] ?? "<!doctype html><title>landau</title>");
  });
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}/`, close: () => void server.close() };
};
