export type * from "./arithmetic.ts";
export * from "./claim.ts";
export type * from "./control.ts";
export type * from "./json.ts";
export type * from "./objective.ts";
export type * from "./protocol.ts";
export type * from "./system.ts";
