export type { Exponents, Interval } from "./collapse.ts";
export { type Evidence, favoured, type Order } from "./evidence.ts";
export type { Location } from "./location.ts";
export type { PhaseChange } from "./phase-changes.ts";
export { binderCumulant, jumpBinderMinimum, loopArea, sarleCoefficient } from "./statistics.ts";
export type { Observation } from "./table.ts";
export { type OrderOptions, type OrderSign, type OrderVerdict, orderOfTransition } from "./verdict.ts";
