import { exp, log } from "../../src/numerics/elementary.ts";
import { type Stream, stream } from "../../src/numerics/stream.ts";
import { findChanges } from "../../src/transitions/change/find-changes.ts";
import { coverOf, f1Of } from "./annotation-scores.ts";

/** A made series and where it changes. */
interface MadeSeries {
  readonly values: number[];
  readonly steps?: Float64Array;
  readonly truth: readonly number[];
}

const between = (low: number, high: number, random: Stream): number => low + (high - low) * random.uniform();
const eitherSign = (random: Stream): number => (random.uniform() < 0.5 ? -1 : 1);
const rounded = (value: number, unit: number): number => Math.round(value / unit) * unit;

/** Up to `most` places, `apart` values or more from each other and from the ends. */
const placesOf = (random: Stream, n: number, least: number, most: number, apart: number): number[] => {
  const count = least + random.below(most - least + 1);
  for (;;) {
    const places = Array.from({ length: count }, () => apart + random.below(n - 2 * apart)).sort((a, b) => a - b);
    if (places.every((at, i) => i === 0 || at - places[i - 1] >= apart)) return places;
  }
};

const poisson = (random: Stream, mean: number): number => {
  if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  let count = 0;
  for (let product = random.uniform(); product > exp(-mean); product *= random.uniform()) count++;
  return count;
};

/** A series of n values, one after the other; at each place `change` is called before. */
const course = (n: number, truth: readonly number[], change: () => void, next: (i: number) => number): MadeSeries => ({
  truth,
  values: Array.from({ length: n }, (_, i) => {
    if (truth.includes(i)) change();
    return next(i);
  }),
});

/** Kinds of series with up to seven changes, after what economies, populations, sensors and logs write. */
const kinds: { readonly [name: string]: (random: Stream) => MadeSeries } = {
  "product of a year": random => {
    const n = 30 + random.below(40);
    let [level, growth, noise] = [5, between(0.01, 0.04, random), 0];
    const size = between(0.015, 0.035, random);
    const change = () => {
      if (random.uniform() < 0.6) growth += eitherSign(random) * between(0.03, 0.07, random);
      else level -= between(0.15, 0.35, random);
    };
    return course(n, placesOf(random, n, 0, 2, 8), change, () => {
      noise = 0.3 * noise + size * random.normal();
      level += growth + noise;
      return 1e10 * exp(level);
    });
  },
  "population of a month": random => {
    const n = 300 + random.below(300);
    let [level, growth, noise] = [12, 0.001, 0];
    const change = () => {
      growth += eitherSign(random) * between(0.0006, 0.0014, random);
    };
    return course(n, placesOf(random, n, 0, 2, 40), change, () => {
      noise = 0.8 * noise + 0.00003 * random.normal();
      level += growth + noise;
      return rounded(exp(level), 0.1);
    });
  },
  "price, volatile": random => {
    const n = 250 + random.below(200);
    let [level, variance, last] = [3.5, 1, 0];
    const change = () => {
      level += eitherSign(random) * between(0.25, 0.55, random);
    };
    return course(n, placesOf(random, n, 0, 2, 30), change, () => {
      variance = 0.1 + 0.15 * last * last + 0.75 * variance;
      last = Math.sqrt(variance) * random.normal();
      level += 0.025 * last;
      return rounded(exp(level), 0.01);
    });
  },
  "counts of a year": random => {
    const n = 50 + random.below(80);
    let mean = between(2, 22, random);
    const change = () => {
      mean *= random.uniform() < 0.5 ? between(0.3, 0.5, random) : between(2, 3.5, random);
    };
    return course(n, placesOf(random, n, 0, 2, 12), change, () => poisson(random, mean));
  },
  "passengers, seasonal": random => {
    const n = 200 + random.below(250);
    let [level, growth, noise] = [6, between(0.004, 0.007, random), 0];
    const waves = [0.15, 0.05, 0.05].map(most => ({
      size: most * between(1, 2, random),
      phase: between(0, 6.28, random),
    }));
    const change = () => {
      if (random.uniform() < 0.5) level -= between(0.15, 0.35, random);
      else growth += eitherSign(random) * between(0.006, 0.01, random);
    };
    return course(n, placesOf(random, n, 0, 3, 30), change, i => {
      noise = 0.6 * noise + 0.02 * random.normal();
      level += growth;
      const season = waves.reduce(
        (sum, { size, phase }, h) => sum + size * Math.sin((Math.PI * (h + 1) * i) / 6 + phase),
        0,
      );
      return Math.round(1000 * exp(level + noise + season));
    });
  },
  "sensor with levels and outliers": random => {
    const n = 200 + random.below(300);
    let level = 0;
    const change = () => {
      level += eitherSign(random) * between(2, 5, random);
    };
    return course(n, placesOf(random, n, 0, 6, 12), change, () =>
      rounded(level + random.normal() + (random.uniform() < 0.01 ? 10 * random.normal() : 0), 0.01),
    );
  },
  "rate that turns, seasonal": random => {
    const n = 150 + random.below(100);
    let [level, slope, noise] = [6, 0.03 * random.normal(), 0];
    const size = between(0, 0.2, random);
    const change = () => {
      slope = (slope > 0 ? -1 : 1) * between(0.04, 0.1, random);
    };
    return course(n, placesOf(random, n, 1, 4, 20), change, i => {
      noise = 0.7 * noise + 0.05 * random.normal();
      level += slope;
      return rounded(level + noise + size * Math.sin((Math.PI * i) / 6), 0.1);
    });
  },
  short: random => {
    const n = 15 + random.below(12);
    let [level, slope] = [100, 2 * random.normal()];
    const change = () => {
      if (random.uniform() < 0.5) level += eitherSign(random) * between(12, 24, random);
      else slope += eitherSign(random) * between(4.5, 9, random);
    };
    return course(n, placesOf(random, n, 0, 1, 6), change, () => {
      level += slope;
      return rounded(level + 3 * random.normal(), 0.1);
    });
  },
  "plateaus and falls, smooth noise": random => {
    const n = 200 + random.below(150);
    let [level, slope, noise, smooth] = [6, 0, 0, 0];
    const change = () => {
      slope =
        Math.abs(slope) > 0.002
          ? 0.001 * random.normal()
          : (random.uniform() < 0.7 ? -1 : 1) * between(0.02, 0.05, random);
    };
    return course(n, placesOf(random, n, 2, 4, 35), change, () => {
      noise = 0.8 * noise + 0.002 * random.normal();
      smooth = 0.9 * smooth + noise;
      level += slope;
      return rounded(level + smooth, 0.001);
    });
  },
  "smooth walk with jumps and bends": random => {
    const n = 180 + random.below(120);
    let [value, growth, noise] = [0, 0.3 * random.normal(), 0];
    // A jump takes up to five values, and may go too far at first.
    let ahead: number[] = [];
    const change = () => {
      if (random.uniform() < 0.4) {
        growth += eitherSign(random) * between(3, 7, random);
        return;
      }
      let left = eitherSign(random) * between(15, 40, random);
      const parts = Array.from({ length: random.below(5) }, () => {
        const part = left * between(0.3, 1.2, random);
        left -= part;
        return part;
      });
      ahead = [...parts, left];
    };
    return course(n, placesOf(random, n, 1, 4, 20), change, () => {
      noise = 0.6 * noise + random.normal();
      value += growth + noise + (ahead.shift() ?? 0);
      return value;
    });
  },
};

/** A sum of one to three power laws and exponentials, from above to a constant or 0. */
const smoothLaw = (random: Stream) => {
  const n = 200 + random.below(150);
  const steps =
    random.uniform() < 0.5
      ? Float64Array.from({ length: n }, (_, i) => i + 1)
      : Float64Array.from({ length: n }, (_, i) => exp((log(1e5) * i) / (n - 1)));
  const parts = Array.from({ length: 1 + random.below(3) }, () => {
    const size = exp(-3 * random.uniform());
    const exponent = between(0.2, 1.5, random);
    const rate = between(2, 22, random) / steps[n - 1];
    return random.uniform() < 0.5
      ? (step: number) => size * exp(-exponent * log(step))
      : (step: number) => size * exp(-rate * step);
  });
  const floor = random.uniform() < 0.5 ? 0 : between(0, 0.3, random);
  return { steps, law: (step: number): number => parts.reduce((sum, part) => sum + part(step), floor) };
};

/** The law with what `written` makes of each of its values. */
const written = (make: (random: Stream, first: number) => (value: number) => number) => {
  return (random: Stream): MadeSeries => {
    const { steps, law } = smoothLaw(random);
    const write = make(random, law(steps[0]));
    return { steps, truth: [], values: Array.from(steps, step => write(law(step))) };
  };
};

/** Curves as training writes them, and walks, all without a change. */
const smooth: { readonly [name: string]: (random: Stream) => MadeSeries } = {
  "loss without noise": written(() => value => value),
  "loss without noise, six digits": written(() => value => Number(value.toPrecision(6))),
  "loss without noise, three decimals": written(() => value => rounded(value, 0.001)),
  "accuracy without noise, in shares": written((random, first) => {
    const count = [100, 500, 2000][random.below(3)];
    return value => Math.round(count * (1 - (0.9 * value) / first)) / count;
  }),
  "accuracy of a sample": written((random, first) => {
    const count = [100, 500, 2000][random.below(3)];
    return value => 1 - Math.min(count, poisson(random, (0.9 * count * value) / first)) / count;
  }),
  "loss, noise in proportion": written(random => {
    const size = between(0.02, 0.12, random);
    return value => value * exp(size * random.normal());
  }),
  "loss, dependent noise in proportion": written(random => {
    const [size, phi] = [between(0.02, 0.06, random), between(0.5, 0.95, random)];
    let noise = 0;
    return value => {
      noise = phi * noise + Math.sqrt(1 - phi * phi) * random.normal();
      return value * exp(size * noise);
    };
  }),
  "walk with smooth noise": random => {
    const [phi, growth] = [between(0.3, 0.9, random), 0.1 * random.normal()];
    let [value, noise] = [0, 0];
    const next = () => {
      noise = phi * noise + random.normal();
      value += noise + growth;
      return value;
    };
    return course(200 + random.below(150), [], next, next);
  },
  "walk of logarithms": random => {
    const size = between(0.005, 0.035, random);
    const growth = 0.01 * random.normal();
    let level = 2;
    const next = () => {
      level += size * (growth + random.normal());
      return exp(level);
    };
    return course(200 + random.below(150), [], next, next);
  },
};

const scoreOf = (name: string, make: (random: Stream) => MadeSeries, first: number, last: number) => {
  let [f1, cover, alarms, found, changes] = [0, 0, 0, 0, 0];
  for (let seed = first; seed < last; seed++) {
    const { values, steps, truth } = make(stream({ seed, purpose: `made: ${name}` }));
    const places = findChanges(values, steps).changes.map(({ at }) => at.estimate);
    f1 += f1Of([truth], places);
    cover += coverOf([truth], places, values.length);
    if (truth.length === 0 && places.length > 0) alarms++;
    found += places.length;
    changes += truth.length;
  }
  const count = last - first;
  return { name, series: count, f1: f1 / count, cover: cover / count, alarms, found, changes };
};

/** `FIRST LAST`: scores of the seeds FIRST, ..., LAST - 1 of each kind, as JSON. */
const [first, last] = process.argv.slice(2).map(Number);
const scores = (all: typeof kinds) => Object.entries(all).map(([name, make]) => scoreOf(name, make, first, last));
console.log(JSON.stringify({ kinds: scores(kinds), smooth: scores(smooth) }));
