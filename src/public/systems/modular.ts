export { figures as exhibits } from "../../systems/modular/figures/index.ts";
export { modular as system } from "../../systems/modular/index.ts";
