import type { Ansis } from "ansis";
import { type Comparison, judgeComparison } from "../contracts/claim.ts";
import type { Claim, Outcome, System, Verdict } from "../contracts/index.ts";
import { measuredText, outcomeSymbols, predictedText } from "../report/number-text.ts";
import { textTable } from "./text-table.ts";

/** Comparisons shown of a claim that does not hold. */
const SHOWN = 3;

/** The verdicts as an aligned table: the outcome in a word and a symbol, how the prediction is known, the claim with its numbers. */
export const verdictLines = (
  verdicts: readonly Verdict[],
  { claims }: Pick<System, "claims">,
  { width, colours }: { readonly width: number; readonly colours: Ansis },
): string[] => {
  const paints = { holds: colours.green, fails: colours.red, undecided: colours.yellow };
  const rows = verdicts.map(verdict => {
    const claim = claims.find(({ id }) => id === verdict.claim);
    return [
      `${outcomeSymbols[verdict.outcome]} ${verdict.outcome}`,
      claim?.routes.kind ?? "",
      `${verdict.claim}\n${explain(verdict, claim)}`,
    ];
  });
  return textTable(rows, {
    width,
    header: ["outcome", "prediction", "claim and what was compared"],
    paint: (cell, row, column) => {
      if (row < 0) return colours.dim(cell);
      return column === 0 ? paints[verdicts[row].outcome](cell) : cell;
    },
  });
};

/** What a claim that holds says, with its first numbers; for another claim the numbers that are outside, and where it stands. */
const explain = ({ outcome, reason, comparisons }: Verdict, claim: Claim | undefined): string => {
  const statement = claim ? [claim.statement] : [];
  if (outcome === "holds") {
    const more = comparisons.length > 1 ? `, and ${comparisons.length - 1} more` : "";
    return [...statement, `${comparisonText(comparisons[0])}${more}`].join("\n");
  }
  const others = comparisons.filter(comparison => judgeComparison(comparison) !== "holds");
  const source = claim ? ` [${claim.where}]` : "";
  return [...statement, ...others.slice(0, SHOWN).map(comparisonText), `${reason}${source}`].join("\n");
};

const comparisonText = (comparison: Comparison): string =>
  `${comparison.quantity}: ${measuredText(comparison)}, predicted ${predictedText(comparison)}`;

/** "9 hold, 1 fails, 2 undecided" */
export const verdictCount = (verdicts: readonly Verdict[]): string => {
  const count = (outcome: Outcome) => verdicts.filter(verdict => verdict.outcome === outcome).length;
  const [holds, fails, undecided] = [count("holds"), count("fails"), count("undecided")];
  return `${holds} ${holds === 1 ? "holds" : "hold"}, ${fails} ${fails === 1 ? "fails" : "fail"}, ${undecided} undecided`;
};
