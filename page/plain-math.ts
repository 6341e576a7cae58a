/** Formulae between dollar signs as plain text: what a sentence of a claim needs without a typesetter. */
export const plainMath = (text: string): string =>
  text.replace(/\$([^$]+)\$/g, (_, tex: string) =>
    tex
      .replace(/\\(?:mathrm|text|operatorname|mathbf)\{([^}]*)\}/g, "$1")
      .replace(/\\frac\{([^}]*)\}\{([^}]*)\}/g, "$1/$2")
      .replace(/\\sqrt\{([^}]*)\}/g, "sqrt($1)")
      .replace(/\\(?:left|right|,|;|!|quad)/g, " ")
      .replace(/\\([A-Za-z]+)/g, "$1")
      .replace(/[{}]/g, ""),
  );
