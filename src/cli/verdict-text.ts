import { type Comparison, countOutcomes, isSelfCheck, judgeComparison } from "../contracts/claim.ts";
import type { Claim, System, Verdict } from "../contracts/index.ts";
import { measuredText, outcomeSymbols, predictedText } from "../report/number-text.ts";
import { countText } from "./count-text.ts";
import type { Colours } from "./terminal.ts";
import { textTable } from "./text-table.ts";
import { fitted } from "./text-width.ts";

/** Comparisons shown of a claim that does not hold. */
const SHOWN = 3;

/** The verdicts as an aligned table: the outcome in a word and a symbol, how the prediction is known, the claim with its numbers. */
export const verdictLines = (
  verdicts: readonly Verdict[],
  { claims }: Pick<System, "claims">,
  { width, colours }: { readonly width: number; readonly colours: Colours },
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

/** Claims that hold of which each has a line of its own. */
const LISTED = 30;

/**
 * The verdicts as briefly as a terminal wants them: what does not hold in full, a line for each claim that holds, with how its prediction is known, and one for all that only check
 * the formulae and instruments themselves.
 */
export const briefVerdictLines = (
  verdicts: readonly Verdict[],
  system: Pick<System, "claims">,
  { width, colours }: { readonly width: number; readonly colours: Colours },
): readonly string[] => {
  const claimOf = (verdict: Verdict) => system.claims.find(({ id }) => id === verdict.claim);
  const wrong = verdicts.filter(({ outcome }) => outcome !== "holds");
  const right = verdicts.filter(({ outcome }) => outcome === "holds");
  const isCheck = (verdict: Verdict) => isSelfCheck(claimOf(verdict)!);
  // Where there is nothing else, they are what was asked for.
  const checks = right.every(isCheck) ? [] : right.filter(isCheck);
  const physics = right.filter(verdict => !checks.includes(verdict));
  const listed = physics.slice(0, LISTED);
  const kindOf = (verdict: Verdict) => verdict.comparisons[0].kind ?? claimOf(verdict)?.routes.kind ?? "";
  const nameWidth = Math.max(0, ...listed.map(({ claim }) => claim.length));
  const kindWidth = Math.max(0, ...listed.map(verdict => kindOf(verdict).length));
  const mark = colours.green(outcomeSymbols.holds);
  const line = (text: string) => `${mark} ${fitted(text, width - 2)}`;
  const more = physics.length - listed.length;
  return [
    ...(wrong.length > 0 ? verdictLines(wrong, system, { width, colours }) : []),
    ...(wrong.length > 0 && right.length > 0 ? [""] : []),
    ...listed.map(verdict => {
      const [name, kind] = [verdict.claim.padEnd(nameWidth), kindOf(verdict).padEnd(kindWidth)];
      return line(`${name}  ${kind}  ${comparisonText(verdict.comparisons[0])}`);
    }),
    ...(more > 0 ? [line(`and ${more} more`)] : []),
    ...(checks.length > 0
      ? [
          line(
            countText(
              checks.length,
              "self-check of formulae and instruments",
              "self-checks of formulae and instruments",
            ),
          ),
        ]
      : []),
  ];
};

/** "9 hold, 1 fails, 2 undecided" */
export const verdictCount = (verdicts: readonly Verdict[]): string => {
  const { holds, fails, undecided } = countOutcomes(verdicts);
  return `${holds} ${holds === 1 ? "holds" : "hold"}, ${fails} ${fails === 1 ? "fails" : "fail"}, ${undecided} undecided`;
};
