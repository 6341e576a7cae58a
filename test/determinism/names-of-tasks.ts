import { studiesOf } from "../../src/contracts/study.ts";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { plan } from "../../src/lab/plan.ts";
import { systems } from "../../src/systems/index.ts";

/* Prints the names of the first tasks of every system's reproductions, which hold all settings of their studies, as JSON. */

const names: { [reproduction: string]: string[] } = {};
for (const [name, { load }] of Object.entries(systems)) {
  const system = await load();
  for (const size of ["quick", "full"] as const) {
    const spec = { system: name, seed: 0, studies: studiesOf(system.studies, size) };
    const own = { [name]: system };
    names[`${name}, ${size}`] = plan(completeSpec(spec, own), own).map(({ id }) => id);
  }
}
console.log(JSON.stringify(names));
