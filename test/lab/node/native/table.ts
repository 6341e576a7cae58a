import { fastModes } from "../../../../src/lab/node/fast-modes.ts";
import { bitsTable } from "../../../determinism/table/index.ts";

/* A script of its own: prints the table of golden.json, made on the road that LANDAU_NATIVE names. */
const modes = await fastModes([]);
let programs = 0;
const table = await bitsTable({
  ...modes,
  ...(modes.accelerate && {
    accelerate(program) {
      programs++;
      return modes.accelerate!(program);
    },
  }),
});
console.log(JSON.stringify({ programs, table }));
