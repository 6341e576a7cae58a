import { orderOfTransition } from "../../src/transitions/order/index.ts";
import { development, systems } from "./systems.ts";

// Every parts-th system from number part on, judged with default settings; one line of JSON for each table.
const [list, seed, part, parts] = process.argv.slice(2);
(list === "development" ? development : systems).forEach((system, index) => {
  if (index % Number(parts) !== Number(part)) return;
  const { name, right, critical, inverseNu, betaOverNu, tables } = system;
  for (const [grid, table] of tables(Number(seed)).entries()) {
    const before = process.cpuUsage().user;
    const { verdict, confidence, probability, where, exponents } = orderOfTransition(table);
    const seconds = (process.cpuUsage().user - before) / 1e6;
    const known = { right, critical, inverseNu, betaOverNu };
    const found = { verdict, confidence, probability, where, exponents, seconds };
    console.log(JSON.stringify({ index, name, seed: Number(seed), grid, ...known, ...found }));
  }
});
