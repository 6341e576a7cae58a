export { type CoefficientOfDraws, coefficientOfDraws } from "../coefficient/draws/coefficient-of-draws.ts";
export type { LossDraws, LossSign } from "../coefficient/draws/loss-draws.ts";
export type { Diagnostic } from "../sampling/diagnostics/diagnostic.ts";
export { essBulk, essMean, essQuantile, essSd, essTail } from "../sampling/diagnostics/effective-sample-size.ts";
export { eBfmi } from "../sampling/diagnostics/energy.ts";
export { rHat } from "../sampling/diagnostics/r-hat.ts";
export { mcseMean, mcseQuantile, mcseSd } from "../sampling/diagnostics/standard-error.ts";
export { type DrawSign, type Summary, summarise } from "../sampling/diagnostics/summary.ts";
