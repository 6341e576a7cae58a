import {
  type Claim,
  type Comparison,
  isSelfCheck,
  judgeComparison,
  type Outcome,
  type PredictionKind,
  predictionKinds,
  type System,
  type Verdict,
} from "../contracts/index.ts";
import { counted } from "../exhibits/seen-study.ts";
import { scrollingTable } from "./frame.ts";
import { withMath } from "./inline-math.ts";
import { html, type Markup } from "./markup.ts";
import { measuredText, outcomeSymbols, predictedText, sharedResolution } from "./number-text.ts";

/** How many claims hold, fail and stay undecided, in one sentence. */
export const summary = (verdicts: readonly Verdict[]): string => {
  const named = (outcome: Outcome) => verdicts.filter(verdict => verdict.outcome === outcome).map(({ claim }) => claim);
  const [holds, fails, undecided] = [named("holds"), named("fails"), named("undecided")];
  const names = (claims: readonly string[]) => (claims.length > 0 ? ` (${claims.join(", ")})` : "");
  const all = ({ length }: readonly string[], one: string, many: string) =>
    length === 0 ? `none ${one}` : `${length} ${length === 1 ? one : many}`;
  return (
    `Came out: ${all(holds, "holds", "hold")}, ${all(fails, "fails", "fail")}${names(fails)}, ` +
    `${all(undecided, "is", "are")} undecided${names(undecided)}.`
  );
};

/** The verdicts, a row each: those about what learns first, those about the instruments folded unless one of them doesn't hold. */
export const verdictSection = (verdicts: readonly Verdict[], system: System): Markup => {
  const checks = verdicts.filter(verdict => isCheck(verdict, system));
  const physics = verdicts.filter(verdict => !checks.includes(verdict));
  if (checks.length === 0 || physics.length === 0) return verdictTable(verdicts, system);
  const failing = checks.some(({ outcome }) => outcome !== "holds");
  return html`${verdictTable(physics, system)}
<details${failing && " open"}><summary>${counted(checks.length, "self-check")} of formulae and instruments: ${summary(checks).replace("Came out: ", "")}</summary>
${verdictTable(checks, system)}</details>`;
};

/** What the words in the column of predictions mean, those that occur. */
export const predictionLegend = (verdicts: readonly Verdict[], { claims }: System): Markup => {
  const used = new Set([
    ...verdicts.flatMap(({ comparisons }) => comparisons.map(({ kind }) => kind)),
    ...verdicts.map(({ claim }) => claims.find(({ id }) => id === claim)?.routes.kind),
  ]);
  return html`<dl class="legend">${Object.entries(predictionKinds).map(
    ([kind, text]) => used.has(kind as PredictionKind) && html`<div><dt>${kind}</dt><dd>${text}</dd></div>`,
  )}</dl>`;
};

const isCheck = (verdict: Verdict, system: System): boolean => {
  const claim = claimOf(verdict, system);
  return claim !== undefined && isSelfCheck(claim);
};

const verdictTable = (verdicts: readonly Verdict[], system: System): Markup => html`
<table class="stacking">
<thead><tr><th scope="col">Outcome</th><th scope="col">Claim</th><th scope="col">Measured</th><th scope="col">Predicted</th><th scope="col">Known by</th></tr></thead>
<tbody>
${verdicts.map(verdict => {
  const claim = claimOf(verdict, system);
  return html`<tr><td>${badge(verdict.outcome)}</td><th scope="row">${claim ? withMath(claim.statement) : verdict.claim}
<span class="where"><a href="#claim-${verdict.claim}">${verdict.claim}</a></span></th>${decidingCells(verdict)}<td data-label="Known by">${claim?.routes.kind}</td></tr>
`;
})}</tbody>
</table>`;

/** Every claim with all its numbers and the routes of both sides, folded when it holds. */
export const comparisonSection = (verdicts: readonly Verdict[], system: System): Markup =>
  html`${verdicts.map(verdict => claimCard(verdict, system))}`;

/** Measured and predicted of the comparison that decided. */
const decidingCells = ({ comparisons, reason }: Verdict): Markup => {
  const deciding = comparisons.find(comparison => judgeComparison(comparison) !== "holds") ?? comparisons[0];
  if (!deciding) return html`<td colspan="2">${reason}</td>`;
  const more = comparisons.length > 1 && ` (one of ${comparisons.length})`;
  return html`<td data-label="Measured">${withMath(deciding.quantity)}: ${measuredText(deciding)}${more}</td><td data-label="Predicted">${predictedText(deciding)}</td>`;
};

const claimCard = (verdict: Verdict, system: System): Markup => {
  const claim = claimOf(verdict, system);
  const { comparisons, outcome } = verdict;
  return html`<details class="claim"${outcome !== "holds" && " open"}>
<summary id="claim-${verdict.claim}">${badge(outcome)} <strong>${verdict.claim}</strong> <span class="quiet">${counted(comparisons.length, "comparison")}</span></summary>
<p>${withMath(claim?.statement ?? "This version does not know the claim.")} ${sourceMarkup(claim, system)}</p>
${comparisons.length > 0 && comparisonTable(comparisons, verdict.claim)}
<p class="routes">Decided: ${verdict.reason}. Measured by ${withMath(claim?.routes.measured ?? "?")}. Predicted by ${withMath(claim?.routes.predicted ?? "?")}.</p>
</details>
`;
};

const comparisonTable = (comparisons: readonly Comparison[], claim: string): Markup => {
  const shared = sharedResolution(comparisons);
  return scrollingTable(
    `comparisons of ${claim}`,
    5,
    html`<table>
<thead><tr><th scope="col">Quantity</th><th scope="col">Measured</th><th scope="col">Predicted</th><th scope="col">Known by</th><th scope="col">Outcome</th></tr></thead>
<tbody>
${comparisons.map(
  comparison => html`<tr><th scope="row">${withMath(comparison.quantity)}</th><td>${measuredText(comparison, shared)}</td><td>${predictedText(comparison, shared)}</td><td>${comparison.kind}</td><td>${badge(judgeComparison(comparison))}</td></tr>
`,
)}</tbody>
</table>`,
  );
};

const claimOf = ({ claim }: Verdict, { claims }: System): Claim | undefined => claims.find(({ id }) => id === claim);

const badge = (outcome: Outcome): Markup =>
  html`<span class="outcome ${outcome}"><span aria-hidden="true">${outcomeSymbols[outcome]}</span> ${outcome}</span>`;

const sourceMarkup = (claim: Claim | undefined, { source }: System): Markup | undefined => {
  if (!claim) return undefined;
  return html`<span class="where">${source.url === "" ? claim.where : html`<a href="${source.url}">${claim.where}</a>`}</span>`;
};
