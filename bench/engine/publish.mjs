import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, showRatio, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
/** Floating-point operations of the products in a step, by the beginning of the rows' name: the gradient with respect to inputs is none. */
const PRODUCTS = [
  { name: "quadratic network", flops: 6 * 1044 * 256 * 59 },
  { name: "MLP", flops: 2 * 45 * (3 * (200 * 200 + 200 * 20) + 2 * 10 * 200) },
];
const productsOf = workload => PRODUCTS.find(({ name }) => workload.startsWith(name));

/** Rewrites results.md and results.json, and prints one of them. */
export const publish = ({ rows, peak, firstCalls, engines, json }) => {
  const machine = describeMachine();
  const landau = JSON.parse(readFileSync(join(here, "../../package.json"), "utf8")).version;
  const { ours, node24, torch, jax } = engines;
  const versions = {
    Landau: landau,
    ...ours.versions,
    ...(node24 && { "Node beside": node24.versions.Node }),
    ...torch.versions,
    ...jax.versions,
  };
  const result = { machine, versions, rows, peak, firstCalls };
  const text = page(result, { main: `Node ${ours.versions.Node}`, beside: node24 && `Node ${node24.versions.Node}` });
  writeFileSync(join(here, "results.json"), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(
    join(here, "results.md"),
    `# Engine: last results\n\nWritten by \`npm run bench -- engine\`.\n\n${text}`,
  );
  console.log(json ? JSON.stringify(result) : text);
};

/** How fast a step could be whose products run at the ceiling, and all else takes no time. */
const boundText = ({ workload, theirs }, native) => {
  const products = productsOf(workload);
  if (!products || !native) return "";
  const least = (1e-3 * products.flops) / native.gflops;
  return ` At the ceiling of ${showRatio(native.gflops)} GFLOP/s its products alone take ${showTime(least)}: a ratio of ${showRatio(theirs / least)} at most.`;
};

const aheadText = (rows, peak) => {
  const behind = rows.filter(({ ratio, peer }) => ratio < 1 && !peer.startsWith("Landau"));
  if (behind.length === 0) return "";
  const lines = behind.map(
    row =>
      `- ${row.workload}, ${row.road}: ${row.peer}, ${showRatio(1 / row.ratio)} times. ${REASONS[row.road]}${row.road === "native" ? boundText(row, peak["ours native"]) : ""}`,
  );
  return `Where a peer is ahead of the first column, and why:\n\n${lines.join("\n")}\n\n`;
};

/** By the road that ours takes. */
const REASONS = {
  WebAssembly:
    "Its matrix products use fused multiply-adds on vectors of 256 or 512 bits; WebAssembly has 128 bits, and in the deterministic mode a multiplication and an addition each.",
  native:
    "A multiplication and an addition each in the deterministic mode, where it has fused multiply-adds: half of what the processor can do in products of matrices.",
  "native-fma": "Products of small matrices by tiles of ours, where it calls kernels for each processor.",
  OpenBLAS:
    "The products are native on both sides, and take most of the step; XLA's elementwise code around them (tanh, Adam) uses the processor's full vectors, ours on Node 20 128 bits: divisions and square roots, which bound Adam, take as long for 4 floats as for 8.",
};

const page = ({ machine, versions, rows, peak, firstCalls }, { main, beside }) => {
  const table = markdownTable(
    [
      "workload",
      "road",
      main,
      ...(beside ? [beside] : []),
      "peer",
      "theirs",
      "ratio",
      ...(beside ? ["ratio beside"] : []),
    ],
    rows.map(({ workload, road, ours, node24, peer, variant, theirs, ratio, ratio24 }) => [
      workload,
      road,
      showTime(ours),
      ...(beside ? [showTime(node24)] : []),
      variant ? `${peer} (${variant})` : peer,
      showTime(theirs),
      showRatio(ratio),
      ...(beside ? [showRatio(ratio24)] : []),
    ]),
  );
  const [quadratic] = PRODUCTS;
  /** Of the products of a step, on a road, and of which share of a ceiling that is. */
  const rate = (road, { gflops: ceiling }) => {
    const { ours } = rows.find(row => row.road === road && row.workload.startsWith(quadratic.name));
    const gflops = (1e-3 * quadratic.flops) / ours;
    return `${showRatio(gflops)} GFLOP/s of them, ${Math.round((100 * gflops) / ceiling)} % of it`;
  };
  const native = peak["ours native"];
  const first = markdownTable(
    ["model", "road", "engine", "trace and compile", "with the first step"],
    firstCalls.map(({ model, road, engine, compiled, stepped }) => [
      model,
      road,
      engine === "ours" ? main : beside,
      showTime(1000 * compiled),
      showTime(1000 * stepped),
    ]),
  );
  const list = entries =>
    Object.entries(entries)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  return `${table}

CPU time of a step, float32, medians over interleaved rounds; ratio = theirs / ours. In brackets the fastest way to write it in that peer.
Roads: WebAssembly, of the deterministic mode; native, the same bits, compiled by the system's C compiler; native-fma, products with fused multiply-adds; OpenBLAS, WebAssembly with
products by OpenBLAS, on Node 24 with the fast mode \`revectorize\` besides, which Node 20 lacks.

${aheadText(rows, peak)}First call, median of processes that do nothing else; CPU time, with a cold cache wall time, as the compiler is a process of its own:

${first}

- Ceiling of 128-bit multiplications and additions: ${showRatio(peak.ours.gflops)} GFLOP/s${beside ? `, ${showRatio(peak.node24.gflops)} on ${beside}` : ""}.
  The products of the quadratic network's step are ${quadratic.flops} operations; the whole step runs at ${rate("WebAssembly", peak.ours)}.
${native ? `- Ceiling of ${native.bits}-bit ones, in native code: ${showRatio(native.gflops)} GFLOP/s; the whole step runs at ${rate("native", native)}.\n` : ""}${versions.OpenBLAS ? "" : "- OpenBLAS or koffi was not found: rows with it are missing.\n"}${versions.compiler ? "" : "- No C compiler or no koffi was found: rows of native code are missing.\n"}${beside ? "" : "- Node 24 could not be installed: its columns are missing.\n"}- Machine: ${list(machine)}.
- Versions: ${list(versions)}.
`;
};
