import type { Exhibits } from "../../../charts/exhibits.ts";
import { deviationFigure } from "./deviations.ts";
import { growthFigure } from "./growth.ts";
import { interpolationFigure, slowRollFigure } from "./learning.ts";
import { familiesTable } from "./tables.ts";
import { towersFigure } from "./towers.ts";

export const figures: Exhibits = {
  figures: [deviationFigure, interpolationFigure, slowRollFigure, towersFigure, growthFigure],
  tables: [familiesTable],
  formulae: [
    {
      tex: String.raw`\ln \Pi(m) \le \ln \sum_{i \le d} \binom{m}{i} \le d \ln \frac{e m}{d}`,
      meaning: "Sauer's lemma: a family of VC dimension d gives m points polynomially many labellings.",
      where: "section 2",
    },
    {
      tex: String.raw`\sup_f |\hat L(f) - L(f)| \le \sqrt{\frac{2 \ln \Pi(N)}{N}} + \sqrt{\frac{\ln(2/\delta)}{2N}}`,
      meaning: "Uniform deviation with probability 1 - delta, by Massart's lemma and McDiarmid's inequality.",
      where: "section 3.1",
    },
    {
      tex: String.raw`4e(d+1)\left(\frac{32e}{\varepsilon}\right)^d e^{-\varepsilon^2 N/32} = \delta`,
      meaning: "The bound of a family of functions into [0, 1] with pseudo-dimension d, squared loss.",
      where: "section 3.1; Anthony and Bartlett, theorem 17.1",
    },
    {
      tex: String.raw`\frac{1}{g^2} = \theta_0 s + \theta_1 + e^{-2\pi s}(\theta_2 \cos 2\pi a + \theta_3 \sin 2\pi a)`,
      meaning: "A gauge coupling over the modulus a + i s: definable, and a linear family of dimension 4.",
      where: "section 1",
    },
  ],
  bibtex: `@article{lanza2024neural,
  title   = {Neural Network Learning and Quantum Gravity},
  author  = {Lanza, Stefano},
  journal = {arXiv:2403.03245},
  year    = {2024}
}`,
};
