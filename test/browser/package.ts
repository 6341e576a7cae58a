import * as landau from "landau";

Object.assign(globalThis, { landau });
