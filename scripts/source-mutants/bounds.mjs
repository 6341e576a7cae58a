/** What is bounded before memory and time are taken by what a file or a call says, and what is escaped before it is printed. */
export const bounds = [
  {
    file: "src/formats/zstd.ts",
    tests: ["test/logs/packings.test.ts"],
    mutants: [
      ["Math.min(LARGEST_FRAME, LARGEST_RATIO * frame.length)", "LARGEST_FRAME", "a short frame may say any size"],
      [
        "Math.min(LARGEST_FRAME, LARGEST_RATIO * frame.length)",
        "LARGEST_RATIO * frame.length",
        "a long frame may say any size",
      ],
      ["if (bytes.length !== size)", "if (bytes.length > size)", "a frame that gives too little, or nothing"],
      ["isSingle ? 0 : 1", "0", "the byte of the window in a frame's head"],
      ["view.getUint16(at, true) + 256", "view.getUint16(at, true)", "sizes of two bytes begin at 256"],
      ["at + length > frame.length", "at > frame.length", "a head that breaks off"],
      ["if (size === 0) return new Uint8Array(0);", "", "0 asks the frame for its size"],
    ],
  },
  {
    file: "src/formats/lz4.ts",
    tests: ["test/formats/blosc.test.ts"],
    mutants: [
      [
        "distance === 0 || distance > to || length > size - to",
        "distance === 0 || length > size - to",
        "a match before the first byte",
      ],
      ["lengthOf(token & 15) + 4", "lengthOf(token & 15) + 3", "the shortest match"],
      ["if (to !== size) throw damaged();", "", "a block that gives too little"],
    ],
  },
  {
    file: "src/formats/blosclz.ts",
    tests: ["test/formats/blosc.test.ts"],
    mutants: [
      ["const FAR = 8191", "const FAR = 8190", "far matches are one byte off"],
      ["(control >> 5) + 2", "(control >> 5) + 1", "the shortest match of blosclz"],
      ["256 * upper + lower + 1", "256 * upper + lower", "distances begin at 1"],
      ["from === 0 ? next() & 31 : next()", "next()", "upper bits of the first sequence"],
    ],
  },
  {
    file: "src/formats/blosc.ts",
    tests: ["test/formats/blosc.test.ts"],
    mutants: [
      ["packed !== chunk.length", "packed > chunk.length", "a chunk that says less than it has"],
      ["chunk.length !== HEAD + size", "chunk.length > HEAD + size", "copied bytes that are not there"],
      ["blockSize / width >= LEAST_SPLIT", "blockSize / width > LEAST_SPLIT", "the least block that is split"],
      ["&& length === blockSize &&", "&&", "the last block is split"],
      ["if (count % 8 !== 0) return out;", "", "bits of numbers that are no eights"],
      ["at + count <= chunk.length))", "true))", "a stream behind the end of a chunk"],
      ["HEAD + 4 * blocks <= chunk.length", "true", "more blocks than a chunk has places for"],
    ],
  },
  {
    file: "src/logs/zarr-codecs.ts",
    tests: ["test/logs/packings.test.ts"],
    mutants: [
      ["sizeOfZstd(bytes) ?? bytesOf(chunk)", "sizeOfZstd(bytes) ?? 0", "a frame without a size has that of its chunk"],
      ["chunk.data.length !== numbers", "chunk.data.length > numbers", "a chunk of too few numbers"],
      ["(bits / 8) * shape", "bits * shape", "bits of a chunk's numbers"],
    ],
  },
  {
    file: "src/logs/zarr-arrays.ts",
    tests: ["test/logs/zarr-metadata.test.ts"],
    mutants: [
      ["8 * numbers > LARGEST_CHUNK", "numbers > LARGEST_CHUNK * 1e3", "numbers of a chunk"],
      ["count > MOST_CHUNKS", "count > MOST_CHUNKS * 1e6", "chunks of an array"],
      ["shape.length !== chunks.length", "shape.length < chunks.length", "axes of chunks"],
    ],
  },
  {
    file: "src/logs/draws-netcdf.ts",
    tests: ["test/logs/stores-of-draws.test.ts"],
    mutants: [["!(numbers <= most)", "!(numbers <= 1e3 * most)", "numbers that a netCDF file can hold"]],
  },
  {
    file: "src/formats/parquet-runs.ts",
    tests: ["test/formats/parquet-values.test.ts"],
    mutants: [
      [
        "count > values - seen + (isPacked ? 7 : 0)",
        "count > values + (isPacked ? 7 : 0)",
        "runs together longer than their page",
      ],
      ["at > to + (isPacked ? width : 0)", "at > bytes.length + 1e9", "a run behind its page"],
      ["pieces > MOST_IN_BLOCK || pieces === 0", "pieces > MOST_IN_BLOCK", "differences in no pieces"],
    ],
  },
  {
    file: "src/errors.ts",
    tests: ["test/errors.test.ts"],
    mutants: [
      ["message.length > LONGEST", "message.length > LONGEST + 1e5", "messages as long as a file"],
      ["/call stack/i", "/call stacks/i", "too many calls within calls"],
    ],
  },
  {
    file: "src/cli/safe-output.ts",
    tests: ["test/cli/safe-output.test.ts"],
    mutants: [
      [
        "write: text => output.write(coloured(escaped(text)))",
        "write: text => output.write(coloured(text))",
        "nothing is escaped",
      ],
      ["isLive && MOVE.test(found)", "MOVE.test(found)", "moves of the cursor where no rows are drawn"],
      ["\\\\u202a-\\\\u202e", "\\\\u202b-\\\\u202d", "marks that turn the direction of text"],
    ],
  },
  {
    file: "src/cli/option-values.ts",
    tests: ["test/cli/extremes.test.ts"],
    mutants: [
      ["/^-?\\d+$/.test(text)", 'text.trim() !== ""', "whole numbers in other notations"],
      ["return value + 0;", "return value;", "the sign of -0"],
      ["if (!DECIMAL.test(text)) throw", 'if (text === "") throw', "numbers in other notations"],
    ],
  },
  {
    file: "src/cli/file-output.ts",
    tests: ["test/cli/file-output.test.ts"],
    mutants: [
      [
        "if (stat.isFIFO() || stat.isSocket() || output.isTTY) return output;",
        "return output;",
        "what a full disk does not take",
      ],
    ],
  },
  {
    file: "src/numerics/first-whole.ts",
    tests: ["test/numerics/first-whole.test.ts"],
    mutants: [["if (!Number.isFinite(from)) throw noneHolds(from);", "", "a search from infinity"]],
  },
];
