export { figures as exhibits } from "../../systems/superposition/figures/index.ts";
export { superposition as system } from "../../systems/superposition/index.ts";
