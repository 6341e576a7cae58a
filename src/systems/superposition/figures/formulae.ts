import type { Formula } from "../../../charts/exhibits.ts";

export const formulae: readonly Formula[] = [
  {
    tex: String.raw`f(x, w) = \mathrm{ReLU}\!\left(W^{\top} W x + b\right), \qquad w = (W, b),\; W \in \mathbb{R}^{r \times c},\; b \in \mathbb{R}^{c}`,
    meaning: "The model: c features, r hidden dimensions, tied weights.",
    where: "eq. 1",
  },
  {
    tex: String.raw`x = \mu\, e_i, \qquad i \sim \mathrm{Uniform}\{1, \dots, c\},\; \mu \sim \mathrm{Uniform}[0, 1]`,
    meaning: "The data: one feature is active at a time.",
    where: "eq. 2",
  },
  {
    tex: String.raw`L(w) = \mathbb{E}\,\lVert x - f(x, w) \rVert^2 = \frac{1}{3c} \sum_{i} \Bigl[ d(A_{ii}, b_i) + \sum_{j \ne i} g(A_{ij}, b_i) \Bigr], \qquad A = W^{\top} W`,
    meaning: "The population loss: the sum over outputs of squared errors, not halved.",
    where: "Lemma 3.1",
  },
  {
    tex: String.raw`g(a, b) = 3 \int_0^1 \mathrm{ReLU}(a\mu + b)^2 \, d\mu, \qquad d(a, b) = 3 \int_0^1 \bigl(\mu - \mathrm{ReLU}(a\mu + b)\bigr)^2 d\mu`,
    meaning: "Its two pieces: an unwanted output, and the reconstruction of an output by its own feature.",
    where: "Lemma 3.1",
  },
  {
    tex: String.raw`\frac{h(x, b)}{k} = (1-x)^2 - 3(1-x)b + 3b^2 + \frac{b^3}{x^2} + \frac{b^3}{x} + \sum_{m \in \mathrm{Act}} \frac{(x \cos\varphi_m + b)^3}{x \cos\varphi_m}, \qquad \varphi_m = \frac{2\pi m}{k}`,
    meaning:
      "A regular k-gon with squared radius x = l² and bias b < 0; Act holds the neighbours with x cos φ + b > 0. Its stationary point gives l, b and h(k).",
    where: "appendix E.1",
  },
  {
    tex: String.raw`L\bigl(4^{\sigma+,\varphi-}\bigr) = \frac{1}{3c}\Bigl(c - 4 + \varphi - \frac{3\sigma}{4c}\Bigr), \qquad L\bigl(k^{\sigma+}\bigr) = \frac{1}{3c}\Bigl(h(k) + c - k - \frac{3\sigma}{4c}\Bigr) \quad (k \ge 5)`,
    meaning: "The energy levels: σ vestigial features with bias 1/(2c), φ dead vertices.",
    where: "levels of the families",
  },
];

export const bibtex = `@article{chen2023dynamical,
  title         = {Dynamical versus {Bayesian} Phase Transitions in a Toy Model of Superposition},
  author        = {Chen, Zhongtian and Lau, Edmund and Mendel, Jake and Wei, Susan and Murfet, Daniel},
  year          = {2023},
  eprint        = {2310.06301},
  archivePrefix = {arXiv},
  url           = {https://arxiv.org/abs/2310.06301}
}`;
