// The energy levels of the toy model of superposition with six features, from the closed form.
import { defaultsOf, systems } from "landau";

const { learner } = await systems.superposition.load();
for (const { label, loss } of learner.phases({ ...defaultsOf(learner.controls), c: 6 })) {
  console.log(`${label.padEnd(4)} ${loss.toFixed(6)}  ${"#".repeat(Math.round(180 * loss))}`);
}
