/** Array programs: derivative rules, lowering, the interpreter, compiled code. */
const tests = (...names) => names.map(name => `test/engine/${name}.test.ts`);
const derivatives = tests("derivatives");

export const engine = [
  {
    file: "src/engine/program-text.ts",
    tests: tests("program-text.long"),
    mutants: [
      ["[precision, chains,", "[chains,", "precisions share their libraries"],
      ["[precision, chains, stepsPerCall,", "[precision, stepsPerCall,", "any number of chains is one program"],
      ["chains, stepsPerCall, kept", "chains, kept", "any number of steps a call is one program"],
      ["[name, node.id, every]", "[name, node.id]", "outputs of each step and of the last are one program"],
      ["[parameter.id, node.id]", "[parameter.id]", "whatever parameters become is one program"],
    ],
  },
  {
    file: "src/engine/graph/graph.ts",
    tests: tests("program-text.long"),
    mutants: [
      ["return make(key, op,", "return make(start, op,", "all draws are of one kind and for one purpose"],
      ["inMemory ? start : key", 'op === "constant" ? start : key', "numbers in the code may be any"],
      ["{shape.join()} $", "{shape.length} $", "parameters of all shapes are one"],
      ["known: new Map(known)", "known", "what was lowered before changes what is lowered next"],
    ],
  },
  {
    file: "src/engine/native/products.ts",
    tests: ["test/lab/node/native/bits.long.test.ts"],
    mutants: [
      ["last = columns - (across - 1) * RL", "last = RL", "whole vectors are written beyond the last column"],
      ["first > 0, last", "first > 128, last", "of sums in parts the first is lost"],
      [
        "columns = n - j < across * RL ? n - j : across * RL",
        "columns = across * RL",
        "all panels are of whole vectors",
      ],
    ],
  },
  {
    file: "src/engine/native/vectors.ts",
    tests: ["test/lab/node/native/bits.long.test.ts"],
    mutants: [
      [
        "for (; j + RL <= width; j += RL) *(lreal",
        "for (; j < width; j += RL) *(lreal",
        "rows are added beyond their end",
      ],
      ["j += RL) add_wide(to + j * 8, 8", "j += RL) add_wide(to, 8", "all of a row of sums is added to its beginning"],
    ],
  },
  {
    file: "src/engine/derive/rules.ts",
    tests: derivatives,
    mutants: [
      [
        "TWO_OVER_SQRT_PI = 1.1283791670955126",
        "TWO_OVER_SQRT_PI = 1.1283891670955126",
        "fifth digit of the slope of erf",
      ],
      [
        "tanh: unary((m, _, y) => m.sub(1, m.mul(y, y)))",
        "tanh: unary((m, x) => m.sub(1, m.mul(x, x)))",
        "the slope of tanh reads its argument",
      ],
      [
        "sqrt: unary((m, _, y) => m.div(0.5, y))",
        "sqrt: unary((m, x) => m.div(0.5, x))",
        "the slope of a root reads its argument",
      ],
      ["cos: unary((m, x) => m.neg(m.sin(x)))", "cos: unary((m, x) => m.sin(x))", "sign of the slope of a cosine"],
      [
        "result) => m.neg(m.mul(change, m.div(result, b)))",
        "result) => m.mul(change, m.div(result, b))",
        "sign of the slope of a quotient by its divisor",
      ],
      [
        "transposeB\n      ? m.matmul(cotangent, a, { a: true, b: transposeA })",
        "transposeB\n      ? m.matmul(cotangent, a, { a: true, b: !transposeA })",
        "a transposed factor of a product",
      ],
      ["order.map((_, axis) => order.indexOf(axis))", "order", "a transposition is its own inverse"],
      [
        "return m.div(isMost, spread(m, m.sum(isMost, axes), axes, operand.shape));",
        "return isMost;",
        "equal largest entries do not share the slope",
      ],
      [
        'm.mul(m.compare("lessOrEqual", b, a), 0.5)',
        'm.mul(m.compare("less", b, a), 0.5)',
        "equal entries of a maximum have no slope",
      ],
    ],
  },
  {
    file: "src/engine/derive/derivatives.ts",
    tests: tests("derivatives", "hessian-vector"),
    mutants: [
      ["sum ? m.add(sum, share) : share", "share", "a value that is used twice counts once"],
      [
        "tangent) found.set(node, tangent)",
        'tangent && node.op !== "neg") found.set(node, tangent)',
        "tangents stop at a change of sign",
      ],
    ],
  },
  {
    file: "src/engine/evaluate.ts",
    tests: tests("oracle"),
    mutants: [
      ["transposeB ? j * k + l : l * n + j", "transposeB ? l * n + j : l * n + j", "a transposed second factor"],
      [
        "Math.ceil(terms.length / 2)",
        "Math.floor(terms.length / 2)",
        "where a long sum is halved",
        "the same additions in another order of the same depth: the interpreter promises values, not the last bit of a sum of more than 8",
      ],
      ["i + node.attributes.starts[axis]", "i", "a slice begins at nought"],
    ],
  },
  {
    file: "src/engine/lower/simplify.ts",
    tests: tests("simplify"),
    mutants: [
      ["order.map(axis => inner[axis])", "inner.map(axis => order[axis])", "two transpositions in the other order"],
      [
        "transposeB: transposeB !== swapsB",
        "transposeB: transposeB || swapsB",
        "a product of what is transposed twice",
      ],
      [
        "attributes.transposeA &&\n  !attributes.transposeB",
        "attributes.transposeA",
        "outer products of a transposed factor",
      ],
    ],
  },
  {
    file: "src/engine/lower/region.ts",
    tests: tests("random-programs", "ragged-sizes", "compiled-primitives"),
    mutants: [
      [
        "strides[outer] === strides[axis] * length",
        "strides[outer] >= 0",
        "axes are walked as one that do not follow each other",
      ],
    ],
  },
  {
    file: "src/engine/lower/storage.ts",
    tests: tests("random-programs", "compiled-primitives", "memory"),
    mutants: [['if (node.op === "gather") keep(node.inputs[0]);', "", "the table of a lookup is not stored"]],
  },
  {
    file: "src/engine/lower/steps.ts",
    tests: tests("memory", "updates"),
    mutants: [
      ["for (const slot of readBy(step)) needed.add(slot);", "", "stores that a later step reads are left out"],
    ],
  },
  {
    file: "src/engine/graph/shape-rules.ts",
    tests: tests("errors"),
    mutants: [
      [
        "start + asked[axis] <= operand.shape[axis]",
        "start + asked[axis] <= operand.shape[axis] + 1",
        "a slice may end one beyond its array",
      ],
      ["if (columnsA !== rowsB)", "if (columnsA < rowsB)", "factors of a product that do not fit"],
    ],
  },
  {
    file: "src/engine/wasm/tanh32.ts",
    tests: tests("kernels/elementary", "compiled-primitives"),
    mutants: [["0.642765998840332", "0.642775998840332", "fifth digit of a coefficient of tanh in single precision"]],
  },
];
