import { createServer, type Server } from "node:net";

/** Ports of this machine that nobody listens to. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const listening = () =>
    new Promise<Server>(done => {
      const server = createServer().listen(0, "127.0.0.1", () => done(server));
    });
  const servers = await Promise.all(Array.from({ length: count }, listening));
  const ports = servers.map(server => (server.address() as { readonly port: number }).port);
  await Promise.all(servers.map(server => new Promise(done => server.close(done))));
  return ports;
};
