// The energy levels of the toy model of superposition with six features, from the closed form.
import { systems } from "landau";

for (const { label, loss } of systems.superposition.phases({ c: 6 })) {
  console.log(`${label.padEnd(4)} ${loss.toFixed(6)}  ${"#".repeat(Math.round(180 * loss))}`);
}
