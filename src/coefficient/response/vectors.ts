import { answer, type VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { covarianceLimit, meanLimit, powerMoment, quarticAverages, quarticLimits } from "./laws.ts";

const number = { kind: "number", summary: "" } as const;
const numbers = { kind: "list", of: number, least: 1, summary: "" } as const;
const matrix = { kind: "list", of: numbers, least: 1, summary: "" } as const;
const tensor = { kind: "list", of: matrix, least: 1, summary: "" } as const;
const quartic = { lambda: number, alpha: number, gamma: number } as const;

/** Every list in `lists` has `length` entries. */
const checkLengths = (length: number, lists: { readonly [name: string]: readonly unknown[] }): void => {
  for (const [name, list] of Object.entries(lists))
    if (list.length !== length) throw invalid(`the length of ${name}`, list.length, String(length));
};

const checkSquare = (name: string, rows: readonly (readonly unknown[])[], size: number): void => {
  checkLengths(size, { [name]: rows });
  rows.forEach((row, i) => {
    checkLengths(size, { [`${name}[${i}]`]: row });
  });
};

/** Answers to the test vectors on averages around minima. */
export const responseVectors: VectorTable = {
  "quartic-limits": answer(quartic, curve => ({ ...quarticLimits(curve) })),

  "quartic-averages": answer({ ...quartic, t: number }, ({ t, ...curve }) => ({ ...quarticAverages(curve, t) })),

  "covariance-limit": answer({ sigma: matrix, phi: numbers, psi: numbers }, ({ sigma, phi, psi }) => {
    checkSquare("sigma", sigma, phi.length);
    checkLengths(phi.length, { psi });
    return { value: covarianceLimit({ sigma }, phi, psi) };
  }),

  "mean-limit": answer(
    { sigma: matrix, third: tensor, gradient: numbers, hessian: matrix },
    ({ sigma, third, gradient, hessian }) => {
      const size = gradient.length;
      checkSquare("sigma", sigma, size);
      checkSquare("hessian", hessian, size);
      checkLengths(size, { third });
      third.forEach((rows, i) => {
        checkSquare(`third[${i}]`, rows, size);
      });
      return { value: meanLimit({ sigma, third }, gradient, hessian) };
    },
  ),

  "power-moment": answer({ t: number, k: numbers, j: numbers }, ({ t, k, j }) => {
    checkLengths(k.length, { j });
    return {
      value: powerMoment(
        t,
        k.map((k, i) => ({ k, j: j[i] })),
      ),
    };
  }),
};
