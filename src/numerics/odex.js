// A plain script with its own declarations beside it: odex publishes its TypeScript source, which does not pass strict checks, and
// the compiler would read it through any import from a .ts file.
export { Outcome, Solver } from "odex";
