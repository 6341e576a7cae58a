/**
 * The reference chains of the definitions: chain c = 1, ..., 4 starts its congruence at s = c, and x <- phi x + (u - 1/2) from x = 0.
 * Expected values from an implementation that reproduces the published diagnostics of posteriordb.
 */
export const referenceChains = (phi: number, chains = 4, draws = 500): Float64Array[] =>
  Array.from({ length: chains }, (_, c) => {
    let s = BigInt(c + 1);
    let x = 0;
    return Float64Array.from({ length: draws }, () => {
      s = (1664525n * s + 1013904223n) % 4294967296n;
      x = phi * x + (Number(s) / 4294967296 - 0.5);
      return x;
    });
  });

export const reference = [
  {
    phi: 0,
    mean: 0.0143769345153,
    essBulk: 1941.814234,
    essTail: 1855.276269,
    essMean: 1926.234845,
    rHat: 1.00015148499,
    rHatBasic: 1.00043940316,
    mcseMean: 0.006542446641,
  },
  {
    phi: 0.5,
    mean: 0.0288665418079,
    essBulk: 671.1635578,
    essTail: 984.7012074,
    essMean: 681.6211579,
    rHat: 1.005475772,
    rHatBasic: 1.00565389797,
    mcseMean: 0.01283087586,
  },
  {
    phi: 0.9,
    mean: 0.135341386311,
    essBulk: 80.54382598,
    essTail: 225.5309125,
    essMean: 79.79743441,
    rHat: 1.05418523446,
    rHatBasic: 1.05436807269,
    mcseMean: 0.07443489877,
  },
  {
    phi: 0.99,
    mean: 0.993258856778,
    essBulk: 11.24781756,
    essTail: 38.30182346,
    essMean: 10.47000146,
    rHat: 1.2789082816,
    rHatBasic: 1.30526611681,
    mcseMean: 0.6308654717,
  },
  {
    phi: -0.9,
    mean: 0.00806268297553,
    essBulk: 6602.059991,
    essTail: 653.9370126,
    essMean: 6602.059991,
    rHat: 1.0121396244,
    rHatBasic: 0.99814037865,
    mcseMean: 0.007937818456,
  },
];
