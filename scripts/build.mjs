#!/usr/bin/env node
/**
 * Builds dist from tsdown.config.ts. The bundler is called from here, as its own command prints on every run that Node 20, which Landau
 * supports, will not be supported by its next version.
 */
import { build } from "tsdown";

await build({ logLevel: "error" });
