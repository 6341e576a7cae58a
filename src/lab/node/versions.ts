import { createRequire } from "node:module";

/** The version of this package. */
export const landauVersion = (): string => createRequire(import.meta.url)("landau/package.json").version;
