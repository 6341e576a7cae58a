import type { CoefficientOfDraws } from "../coefficient/draws/coefficient-of-draws.ts";
import { LandauError } from "../errors.ts";
import type { DrawTable, StoredLosses } from "../logs/draws.ts";
import { numberText } from "../report/number-text.ts";
import { countText } from "./count-text.ts";
import { conditionColours } from "./health-text.ts";
import { coloursOf, printLine, type Terminal, widthOf } from "./terminal.ts";
import { textTable, wrap } from "./text-table.ts";

/** What a call says of draws that are losses. */
export interface LossFlags {
  readonly nBeta?: number;
  readonly baseline?: number;
  readonly loss?: string;
}

/** The losses in a table of draws and the coefficient that they give. */
export interface CoefficientInTable {
  readonly losses: StoredLosses;
  readonly result: CoefficientOfDraws;
}

/** Undefined where nothing says that the draws are losses. Throws a LandauError of kind "input" where too little is said. */
export const coefficientIn = async (
  table: DrawTable,
  flags: LossFlags,
  file: string,
): Promise<CoefficientInTable | undefined> => {
  const losses = lossesIn(table, flags, file);
  if (!losses) return undefined;
  const { coefficientOfDraws } = await import("../coefficient/draws/coefficient-of-draws.ts");
  return { losses, result: coefficientOfDraws(losses) };
};

const LOSS = /^(sampling_)?loss(es)?$/i;

const lossesIn = (table: DrawTable, flags: LossFlags, file: string): StoredLosses | undefined => {
  const { numbers = {}, losses, quantities } = table;
  if (losses && (flags.loss === undefined || flags.loss === losses.name)) {
    const { nBeta = losses.nBeta, baseline = losses.baseline } = flags;
    const { baselineError } = losses;
    return { ...losses, nBeta, baseline, ...(flags.baseline === undefined ? { baselineError } : { baselineError: 0 }) };
  }
  const nBeta = flags.nBeta ?? losses?.nBeta ?? numbers.nBeta ?? numbers.n_beta;
  const baseline = flags.baseline ?? losses?.baseline ?? numbers.baseline ?? numbers.init_loss;
  if (nBeta === undefined) {
    const given = flags.loss ?? flags.baseline;
    if (given === undefined) return undefined;
    throw new LandauError("input", `${file}: a learning coefficient needs --nBeta, what the loss was multiplied by`);
  }
  if (baseline === undefined)
    throw new LandauError(
      "input",
      `${file}: a learning coefficient needs --baseline, the loss at the point around which was sampled`,
    );
  const named = quantities.filter(({ name }) => (flags.loss === undefined ? LOSS.test(name) : name === flags.loss));
  const [found] = named.length > 0 || flags.loss !== undefined || quantities.length > 1 ? named : quantities;
  if (!found)
    throw new LandauError(
      "input",
      `${file}: no quantity ${flags.loss ?? "that is called loss"}: needs --loss with one of ${quantities
        .slice(0, 12)
        .map(({ name }) => name)
        .join(", ")}`,
    );
  const chains = found.chains.map(chain => Float64Array.from(chain));
  return { name: found.name, chains, nBeta, baseline, baselineError: numbers.baselineError ?? 0, settings: "" };
};

export const coefficientJson = ({ losses, result }: CoefficientInTable) => {
  const { name, nBeta, baseline, baselineError = 0, settings } = losses;
  return { loss: name, nBeta, baseline, baselineError, settings, ...result };
};

export const printCoefficient = (terminal: Terminal, { losses, result }: CoefficientInTable): void => {
  const { stdout } = terminal;
  const colour = coloursOf(terminal);
  const width = widthOf(stdout);
  const { lambda, interval, standardError, chains, draws, burnIn, rHat, effectiveDraws, stepBias, health, verdict } =
    result;
  printLine(stdout);
  if (lambda !== undefined) {
    const ends = interval ? `   (95 %: ${interval.map(end => numberText(end)).join(" to ")})` : "";
    printLine(stdout, colour.bold(`lambda = nBeta (<L> - L0) = ${numberText(lambda)}${ends}`));
  }
  const { nBeta, baseline, baselineError = 0, settings, name } = losses;
  const facts = [
    ["loss", name],
    [
      "nBeta, L0",
      `${numberText(nBeta)}, ${numberText(baseline)}${baselineError > 0 ? ` +- ${numberText(baselineError)}` : ""}`,
    ],
    ...(settings === "" ? [] : [["sampler", settings]]),
    ["draws", `${draws} of ${countText(chains, "chain")}, after ${burnIn} of a start`],
    ...(standardError === undefined ? [] : [["standard error", numberText(standardError)]]),
    ...(rHat === undefined ? [] : [["R-hat", rHat.toFixed(4)]]),
    ...(effectiveDraws === undefined ? [] : [["effective draws", String(Math.round(effectiveDraws))]]),
    ...(stepBias === undefined
      ? []
      : [["step size", `if steps accept everything, about ${(100 * stepBias).toPrecision(2)} % too large`]]),
  ];
  for (const line of textTable(facts, { width })) printLine(stdout, line);
  printLine(stdout);
  const rows = health.findings.map(({ name, outcome, text }) => [name, outcome, text]);
  const conditions = conditionColours(colour);
  const paint = (cell: string, line: number, column: number) =>
    column !== 1 || line < 0 ? cell : conditions[health.findings[line].outcome](cell);
  for (const line of textTable(rows, { width, header: ["draws of the loss", "", ""], paint })) printLine(stdout, line);
  printLine(stdout);
  for (const line of wrap(`verdict: ${verdict}`, width)) printLine(stdout, line);
};
