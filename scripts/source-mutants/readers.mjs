/** Readers and writers of foreign formats, and what files of draws, tables and training logs mean. */
const formats = (...names) => names.map(name => `test/formats/${name}.test.ts`);
const logs = (...names) => names.map(name => `test/logs/${name}.test.ts`);

export const readers = [
  {
    file: "src/formats/npy.ts",
    tests: formats("npz"),
    mutants: [
      [
        "if (needed !== bytes.length - from)",
        "if (needed > bytes.length - from)",
        "bytes behind an array are let pass",
      ],
      ['little: order !== ">"', "little: true", "numbers with the high byte first"],
      ["(fortran ? shape.slice(0, axis) : shape.slice(axis + 1))", "shape.slice(axis + 1)", "columns before rows"],
      ["version === 1 ? 2 : 4", "2", "length of a header of version 2"],
    ],
  },
  {
    file: "src/formats/zip.ts",
    tests: formats("npz"),
    mutants: [
      ["if (crc32(content) !== entry.crc)", "if (false)", "checksums are not compared"],
      ["from + packed > bytes.length", "from + packed > bytes.length + 1e9", "a file that goes on behind its archive"],
      ["if (excess) throw", "if (false) throw", "a file that unpacks to more than it says"],
      [
        "view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)",
        "view.getUint16(offset + 26, true)",
        "the extra field before a file's bytes",
      ],
    ],
  },
  {
    file: "src/formats/safetensors.ts",
    tests: formats("safetensors"),
    mutants: [
      [
        "I16: { bytes: 2, read: (view, at) => view.getInt16(at, true) }",
        "I16: { bytes: 2, read: (view, at) => view.getInt16(at) }",
        "order of bytes of short integers",
      ],
      ["const begin = 8 + Number(length)", "const begin = Number(length)", "where data begin"],
    ],
  },
  {
    file: "src/formats/short-floats.ts",
    tests: formats("npz", "safetensors"),
    mutants: [
      ["(exponent + 112) * 8388608", "(exponent + 111) * 8388608", "exponent of half precision"],
      ["const HALF_UNIT = 1 / 16777216", "const HALF_UNIT = 1 / 8388608", "the smallest numbers of half precision"],
    ],
  },
  {
    file: "src/formats/csv.ts",
    tests: formats("csv"),
    mutants: [
      ["if (!quoted) break;", "break;", "a line break within quotes ends a row"],
      [
        "else if (!record.ended && cells.length < header.length) torn = true",
        "else if (cells.length < header.length) torn = true",
        "any short row is a torn one",
      ],
    ],
  },
  {
    file: "src/formats/decimal.ts",
    tests: formats("decimal"),
    mutants: [
      ["const DOUBT = 9.094947017729282e-13", "const DOUBT = 0", "a long decimal is never in doubt"],
      ["power = after - end;", "power = after - end - 1;", "place of the decimal point"],
      ["Math.min(9999, exponent * 10 + digit)", "exponent * 9 + digit", "digits of an exponent"],
    ],
  },
  {
    file: "src/formats/protobuf.ts",
    tests: logs("golden-training"),
    mutants: [
      ["factor *= 128;", "factor *= 64;", "numbers of several bytes"],
      ["if (reader.at - at < 10) return value;", "if (reader.at - at <= 10) return value;", "negative numbers"],
    ],
  },
  {
    file: "src/formats/tf-records.ts",
    tests: formats("tf-records"),
    mutants: [
      [
        "if (maskedCrc32c(bytes, from, to) === view.getUint32(to, true)) take",
        "if (true) take",
        "records whose checksum differs are taken",
      ],
      [
        "if (maskedCrc32c(bytes, at, at + 8) !== view.getUint32(at + 8, true))",
        "if (false)",
        "the checksum of a record's length",
      ],
    ],
  },
  {
    file: "src/formats/crc32c.ts",
    tests: formats("tf-records"),
    mutants: [["+ 0xa282ead8", "+ 0xa282ead9", "mask of a checksum"]],
  },
  {
    file: "src/formats/text-lines.ts",
    tests: [...formats("columns", "plain-rows"), ...logs("training-text")],
    mutants: [
      ["if (!ended && !last) break;", "if (!ended) break;", "a last line without a line break is lost"],
      ["line += lines;\n      from", "line += 1;\n      from", "line numbers behind a quoted line break"],
    ],
  },
  {
    file: "src/formats/sqlite-wal.ts",
    tests: formats("sqlite-wal"),
    mutants: [
      ["if (size === 0) continue;", "", "pages of an unfinished transaction are taken"],
      ["const little = (magic & 1) === 0", "const little = (magic & 1) === 1", "order of bytes of the checksums"],
    ],
  },
  {
    file: "src/formats/parquet-pages.ts",
    tests: formats("parquet-pages"),
    mutants: [["value % 2 === 0 ? value / 2 : -(value + 1) / 2", "value / 2", "signs of numbers in page heads"]],
  },
  {
    file: "src/logs/training/tidy.ts",
    tests: logs("tidy"),
    mutants: [
      ["kept[count - 1] = i;\n      duplicates++;", "duplicates++;", "of two points of one step the first counts"],
      ["2 * follows < count - from", "2 * follows > count - from", "what is late, and what a restart"],
      ["count = from;\n        kept[count++] = i;", "kept[count++] = i;", "what a restart replaces is kept"],
    ],
  },
  {
    file: "src/logs/training/tensor-scalar.ts",
    tests: logs("event-files"),
    mutants: [["if (entries !== 1 ||", "if (", "a tensor of several entries is a number"]],
  },
  {
    file: "src/logs/training/event-files.ts",
    tests: logs("event-files"),
    mutants: [
      ["filter(i => steps[i] < from)", "filter(i => steps[i] <= from)", "which points a restart takes back"],
      ["wholeStep += (byte & 0x7f) * factor", "wholeStep = (byte & 0x7f) * factor", "steps beyond 127"],
    ],
  },
  {
    file: "src/logs/training/json-values.ts",
    tests: logs("training-text"),
    mutants: [
      ["value ? 1 : 0);\n    else if (isObject", "value ? 0 : 1);\n    else if (isObject", "true and false as numbers"],
    ],
  },
  {
    file: "src/logs/training/series-of-table.ts",
    tests: logs("training-text"),
    mutants: [
      ["return falls * NUMBERS_PER_FALL <= values.length ||", "return", "a counter that falls where a run begins anew"],
      ["if (!values.every(Number.isInteger)) return false;", "", "a loss of each step is taken for a counter"],
      ["|| isFar(a) - isFar(b)", "", "the counter of the same section comes first"],
    ],
  },
  {
    file: "src/logs/training/json-document.ts",
    tests: logs("training-text"),
    mutants: [["const hasSteps = depth > 0 &&", "const hasSteps = depth > 9 &&", "lists beside steps of their own"]],
  },
  {
    file: "src/logs/training/false-zeros.ts",
    tests: logs("training-text"),
    mutants: [
      ["loss.value[i] === 0 &&", "", "what was measured beside a gradient that is NaN stays"],
      ["&& lost.has(loss.step[i])", "", "a loss of 0 beside a finite gradient stays"],
      ['path[1] ?? ""}', '"eval/"}', "the norm of the same part"],
    ],
  },
  {
    file: "src/logs/training/printed-line.ts",
    tests: logs("printed"),
    mutants: [
      ["&& BAR_BEHIND.test(behind)", "&& false", "the number of what a bar is of"],
      ['behind.startsWith("%|")', "false", "the share of a progress bar is no value"],
      ["words.length > MOST_WORDS", "words.length > 9", "a sentence is no name"],
      ['sign.includes("=") ? words[words.length - 1] : name', "name", "the name before an equals sign is one word"],
      ['.replaceAll(",", "")', "", "commas between thousands"],
      ['timeRank(own) >= 0 ? "printed" : undefined', "undefined", "how long a step took is no time of it"],
    ],
  },
  {
    file: "src/logs/training/printed-lines.ts",
    tests: logs("printed", "golden-training"),
    mutants: [
      ["count.epoch > epoch && count.done <= top", "false", "steps of an epoch go on in the next"],
      ["epoch - first + share", "epoch + share", "the first epoch may be 1"],
      ["of > 0 ? done / of : 0", "done / of", "a total of 0 says nothing of the lines behind"],
      ["Math.max(share, own)", "own", "a bar that is empty again says nothing of training"],
      ["Number.isNaN(epoch) || Number.isInteger", "Number.isInteger", "bars before the first epoch"],
      ["if (named.length + counted.length === 0) return before;", "", "a counter holds for the lines behind"],
      ["before.length < FEWEST", "false", "names that come seldom are settings"],
      ["byte === RETURN || byte === BACKSPACE", "byte === RETURN", "what backspaces write over is a line of its own"],
    ],
  },
  {
    file: "src/logs/training/runs-in-rows.ts",
    tests: logs("training-text"),
    mutants: [["&& !standsApart(values, i)", "", "a row of another counter is no new run"]],
  },
  {
    file: "src/logs/training/parquet-columns.ts",
    tests: logs("packings", "golden-training"),
    mutants: [
      [
        "digits === undefined ? undefined : Number(",
        "digits === undefined ? undefined : Math.fround(",
        "decimals as the nearest floats",
      ],
      ["BigInt.asIntN(8 * bytes.length, value)", "value", "decimals below zero in bytes"],
      [
        "Math.ceil((stop - start) / step)",
        "Math.floor((stop - start) / step)",
        "how many labels an index of pandas has",
      ],
    ],
  },
  {
    file: "src/logs/chains-in-rows.ts",
    tests: logs("layouts"),
    mutants: [
      ["label: String(k + 1)", "label: String(k)", "numbers of chains that lie below each other"],
      ["member.others !== others", "false", "columns of chains that contradict each other"],
    ],
  },
  {
    file: "src/lab/node/log-files.ts",
    tests: logs("folders"),
    mutants: [
      ["isInside ? label(home) : basename(home)", "basename(home)", "where in a folder a run of DVCLive lies"],
      ["read.series[0].name === basename(metric.name)", "true", "tables beside the metrics of DVCLive"],
    ],
  },
];
