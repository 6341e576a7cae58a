/** Statistics of samples and of correlated series. The same bits in every engine. */
export { type BootstrapInterval, type BootstrapSettings, bootstrap } from "./statistics/bootstrap.ts";
export { correlation, rankCorrelation } from "./statistics/correlation.ts";
export { cappedEffectiveSize, type MeanWithError, meanWithError } from "./statistics/mean-with-error.ts";
export { mean, standardDeviation, variance } from "./statistics/moments.ts";
export { quantile } from "./statistics/quantile.ts";
export { type Proportion, wilson } from "./statistics/wilson.ts";
