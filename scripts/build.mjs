#!/usr/bin/env node
/**
 * Builds dist from tsdown.config.ts. The bundler is called from here, as its own command prints on every run that Node 20, which Landau
 * supports, will not be supported by its next version. `--program` leaves out the declarations of types, which take nine tenths of the time, and
 * what else lies in dist stays.
 */
import { build } from "tsdown";

const program = process.argv.includes("--program");
await build({ logLevel: "error", ...(program ? { dts: false, clean: false } : {}) });
