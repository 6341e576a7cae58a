export { figures as exhibits } from "../../systems/law-of-balance/figures/index.ts";
export { lawOfBalance as system } from "../../systems/law-of-balance/index.ts";
