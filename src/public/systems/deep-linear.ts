export { deepLinearConditionals } from "../../systems/deep-linear/conditionals.ts";
export { figures as exhibits } from "../../systems/deep-linear/figures/index.ts";
export { deepLinear as system } from "../../systems/deep-linear/index.ts";
