import type { Formula } from "../../../charts/exhibits.ts";

export const formulae: readonly Formula[] = [
  {
    tex: String.raw`f_c(a, b) = \sum_{k=1}^{K} C_{kc} \,(A_{ka} + B_{kb})^2, \qquad L = \frac{1}{2N} \sum_{n} \lVert f(a_n, b_n) - e_{c_n} \rVert^2`,
    meaning: "The model and its loss on N pairs.",
    where: "eq. 1; arXiv 2301.02679, eq. 3",
  },
  {
    tex: String.raw`\lambda_{\text{generic}} = \tfrac12 \min\bigl(K(3p-2),\, pN\bigr), \qquad \lambda_{\text{published}} = \tfrac12 \min\bigl(K(3p-1),\, p^2(2p+1)\bigr)`,
    meaning:
      "The coefficient of a generic zero on N connected one-hot pairs, and the published formula: it leaves out that a common shift of A_k and -B_k changes nothing.",
    where: "Corollaries 4.2 and 5.4, corrected",
  },
  {
    tex: String.raw`\lambda_{2p-1} = \tfrac12 (6p^2 - 10p + 5), \qquad r_{\text{waves}} = 8p^2 - 19p + 12, \qquad \tfrac r2 \le \lambda \le \tfrac r2 + \tfrac{(3p-2)K - r}{4}`,
    meaning:
      "The exact solution of width 2p - 1; the rank of the saturated wave basin, and the bracket of its coefficient.",
    where: "agenda MAIS-A6, Lemma 4.2; derived",
  },
  {
    tex: String.raw`\lambda_{\text{eff}}(n\beta, \gamma) = \frac12 \sum_i \frac{n\beta\, h_i}{n\beta\, h_i + \gamma}, \qquad h_i \in \operatorname{spec}\, J J^{\top}\!/N`,
    meaning: "What chains of a resolution measure where the loss is close to quadratic.",
    where: "derived",
  },
  {
    tex: String.raw`\operatorname{tr} \frac{J^{\top} J}{N} = \frac1N \Bigl[ p \sum_{k,n} h_{kn}^2 + 8 \sum_k \lVert C_k \rVert^2 \sum_n h_{kn} \Bigr], \qquad h_{kn} = (A_{ka_n} + B_{kb_n})^2`,
    meaning: "The trace of the Hessian at zero loss, exactly.",
    where: "derived",
  },
  {
    tex: String.raw`\alpha^{*} = \frac{8p - 15}{p^2}`,
    meaning:
      "The share of the table from which rank counts tell waves from memorising: the scale of the onset under weak decay.",
    where: "derived; a prediction, not a bound",
  },
];

export const bibtex = `@article{cullen2026grokking,
  title         = {Grokking as a Phase Transition between Competing Basins: a Singular Learning Theory Approach},
  author        = {Cullen, B. and Estan-Ruiz, S. and Danait, R. and Li, J.},
  year          = {2026},
  eprint        = {2603.01192},
  archivePrefix = {arXiv},
  url           = {https://arxiv.org/abs/2603.01192}
}`;
