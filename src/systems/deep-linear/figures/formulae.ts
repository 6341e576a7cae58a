import type { Formula } from "../../../charts/exhibits.ts";

export const formulae: readonly Formula[] = [
  {
    tex: String.raw`L = \mathbb{E}\,(U^{\top} E_D W_D \cdots E_1 W_1 x - y)^2 + \gamma_u |U|^2 + \sum_l \gamma_l |W_l|^2`,
    meaning: "The model: D hidden layers, multiplicative noise E with mean 1, weight decay. No factor 1/2 anywhere.",
    where: "arXiv 2202.04777, eq. 1",
  },
  {
    tex: String.raw`\min L = \min_v\; c\, v^{\top} A_0 v - 2 n \cdot v + (D+1)\, g\, |v|^{2/(D+1)} + \mathbb{E} y^2, \qquad c = \prod_l (1 + \sigma_l^2/d_l)`,
    meaning:
      "Exact reduction to the predictor v: widths, decays and noise matter only through g, their geometric mean, and c.",
    where: "section 2",
  },
  {
    tex: String.raw`L(s) = \kappa s^{2D+2} - 2 N s^{D+1} + (D+1)\gamma s^2 + \mathbb{E} y^2`,
    meaning: "The Landau potential of balanced layers of norm s.",
    where: "section 2.1",
  },
  {
    tex: String.raw`D = 1:\ \gamma_c = N; \qquad D \ge 2:\ \gamma^* = \frac{N}{D}\Bigl[\frac{(D-1)N}{D\kappa}\Bigr]^{\frac{D-1}{D+1}},\quad \gamma_{sp} = \frac{N(D+1)}{2D}\Bigl[\frac{(D-1)N}{2D\kappa}\Bigr]^{\frac{D-1}{D+1}}`,
    meaning: "Critical decays: continuous for one hidden layer, first order with a spinodal for more.",
    where: "section 3",
  },
  {
    tex: String.raw`\gamma^* \Delta Q = \Bigl(1 - \frac{1}{D^2}\Bigr)\frac{N^2}{\kappa}`,
    meaning: "Latent heat: the drop of the data loss at the jump.",
    where: "section 3.3",
  },
];

export const bibtex = `@article{ziyin2023zeroth,
  title   = {Zeroth, first, and second-order phase transitions in deep neural networks},
  author  = {Ziyin, Liu and Ueda, Masahito},
  journal = {Physical Review Research},
  volume  = {5},
  pages   = {043243},
  year    = {2023}
}`;
