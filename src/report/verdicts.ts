import {
  type Claim,
  type Comparison,
  judgeComparison,
  type Outcome,
  type System,
  type Verdict,
} from "../contracts/index.ts";
import { html, type Markup } from "./markup.ts";
import { measuredText, outcomeSymbols, predictedText } from "./number-text.ts";

/** Comparisons beyond this many are folded away. */
const SHOWN = 8;

/** How many claims hold, fail and stay undecided, in words. */
export const summary = (verdicts: readonly Verdict[]): string => {
  const named = (outcome: Outcome) => verdicts.filter(verdict => verdict.outcome === outcome).map(({ claim }) => claim);
  const holds = named("holds").length;
  if (verdicts.length === 0) return "This run evaluated no claims.";
  if (holds === verdicts.length) return holds === 1 ? "The one claim holds." : `All ${holds} claims hold.`;
  const sentence = (outcome: "fails" | "undecided", one: string, many: string) => {
    const claims = named(outcome);
    if (claims.length === 0) return "";
    return ` ${claims.length} ${claims.length === 1 ? one : many} (${claims.join(", ")}).`;
  };
  return (
    `Of ${verdicts.length} claims, ${holds} ${holds === 1 ? "holds" : "hold"}.` +
    sentence("fails", "fails", "fail") +
    sentence("undecided", "is undecided: more members would tell", "are undecided: more members would tell")
  );
};

/** The verdicts, a row each. */
export const verdictSection = (verdicts: readonly Verdict[], system: System): Markup => html`
<table class="stacking">
<thead><tr><th scope="col">Outcome</th><th scope="col">Claim</th><th scope="col">Where</th><th scope="col">Measured</th><th scope="col">Predicted</th></tr></thead>
<tbody>
${verdicts.map(verdict => {
  const claim = claimOf(verdict, system);
  return html`<tr><td>${badge(verdict.outcome)}</td><th scope="row"><a href="#claim-${verdict.claim}">${verdict.claim}</a>
<span class="statement">${claim?.statement ?? ""}</span></th><td data-label="Where">${sourceLink(claim, system)}</td>${decidingCells(verdict)}</tr>
`;
})}</tbody>
</table>`;

/** Every claim with all its numbers and the routes of both sides. */
export const comparisonSection = (verdicts: readonly Verdict[], system: System): Markup =>
  html`${verdicts.map(verdict => claimCard(verdict, system))}`;

/** Measured and predicted of the comparison that decided. */
const decidingCells = ({ comparisons, reason }: Verdict): Markup => {
  const [deciding] = decisive(comparisons);
  if (!deciding) return html`<td colspan="2">${reason}</td>`;
  const more = comparisons.length > 1 && ` (first of ${comparisons.length})`;
  return html`<td data-label="Measured">${deciding.quantity}: ${measuredText(deciding)}${more}</td><td data-label="Predicted">${predictedText(deciding)}</td>`;
};

const claimCard = (verdict: Verdict, system: System): Markup => {
  const claim = claimOf(verdict, system);
  const { comparisons } = verdict;
  return html`<article class="claim" id="claim-${verdict.claim}">
<h3>${badge(verdict.outcome)} ${verdict.claim}</h3>
<p>${claim?.statement ?? "This version does not know the claim."} <span class="where">${sourceLink(claim, system)}</span></p>
${
  comparisons.length > SHOWN
    ? html`${comparisonTable(decisive(comparisons), verdict.claim)}
<details><summary>All ${comparisons.length} comparisons</summary>${comparisonTable(comparisons, verdict.claim)}</details>`
    : comparisonTable(comparisons, verdict.claim)
}
<p class="routes">Decided: ${verdict.reason}. Measured by ${claim?.routes.measured ?? "?"}. Predicted by ${claim?.routes.predicted ?? "?"}.</p>
</article>
`;
};

/** Those that do not hold, or else the first. */
const decisive = (comparisons: readonly Comparison[]): readonly Comparison[] => {
  const others = comparisons.filter(comparison => judgeComparison(comparison) !== "holds");
  return (others.length > 0 ? others : comparisons).slice(0, SHOWN);
};

const comparisonTable = (
  comparisons: readonly Comparison[],
  claim: string,
): Markup => html`<div class="scroll" tabindex="0" role="region" aria-label="comparisons of ${claim}"><table>
<thead><tr><th scope="col">Quantity</th><th scope="col">Measured</th><th scope="col">Predicted</th><th scope="col">Outcome</th></tr></thead>
<tbody>
${comparisons.map(
  comparison => html`<tr><th scope="row">${comparison.quantity}</th><td>${measuredText(comparison)}</td><td>${predictedText(comparison)}</td><td>${badge(judgeComparison(comparison))}</td></tr>
`,
)}</tbody>
</table></div>`;

const claimOf = ({ claim }: Verdict, { claims }: System): Claim | undefined => claims.find(({ id }) => id === claim);

const badge = (outcome: Outcome): Markup =>
  html`<span class="outcome ${outcome}"><span aria-hidden="true">${outcomeSymbols[outcome]}</span> ${outcome}</span>`;

const sourceLink = (claim: Claim | undefined, { source }: System): Markup | undefined =>
  claim && html`<a href="${source.url}">${claim.where}</a>`;
