import { expect, test } from "vitest";
import * as zarr from "zarrita";
import { packZarr, type ZarrGroup } from "../../src/formats/pack-zarr.ts";

const group: ZarrGroup = {
  attributes: { title: "three arrays" },
  arrays: {
    x: { dimensions: ["x"], shape: [3], data: Float64Array.of(0.1, 1, 10), attributes: { units: "1" } },
    code: {
      dimensions: ["y", "x"],
      shape: [2, 3],
      data: Int32Array.of(0, 1, -1, 2, 1, 0),
      attributes: { phases: ["a", "b"] },
    },
    all: {
      dimensions: ["seed", "y", "x"],
      shape: [2, 2, 3],
      data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, Number.NaN, -0, Infinity, 11, 0.1 + 0.2),
      attributes: {},
    },
  },
};

const json = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes));

test("the store has what version 3 asks for, with a value to fill with and codecs that all readers have", async () => {
  const store = await packZarr(group);
  expect([...store.keys()].sort()).toEqual([
    ...[
      "all/c/0/0/0",
      "all/c/1/0/0",
      "all/zarr.json",
      "code/c/0/0",
      "code/zarr.json",
      "x/c/0",
      "x/zarr.json",
      "zarr.json",
    ],
  ]);
  expect(json(store.get("all/zarr.json"))).toMatchObject({
    zarr_format: 3,
    node_type: "array",
    shape: [2, 2, 3],
    data_type: "float64",
    chunk_grid: { name: "regular", configuration: { chunk_shape: [1, 2, 3] } },
    fill_value: "NaN",
    dimension_names: ["seed", "y", "x"],
    codecs: [{ name: "bytes", configuration: { endian: "little" } }, { name: "zstd" }],
  });
  expect(json(store.get("code/zarr.json"))).toMatchObject({
    data_type: "int32",
    fill_value: -1,
    attributes: { phases: ["a", "b"] },
  });
});

test("the group's metadata hold those of its arrays, so that a reader needs one file", async () => {
  const store = await packZarr(group);
  const { node_type, attributes, consolidated_metadata } = json(store.get("zarr.json"));
  expect({ node_type, attributes }).toEqual({ node_type: "group", attributes: { title: "three arrays" } });
  expect(consolidated_metadata).toEqual({
    kind: "inline",
    must_understand: false,
    metadata: Object.fromEntries(["x", "code", "all"].map(name => [name, json(store.get(`${name}/zarr.json`))])),
  });
});

test("numbers come back to the bit, and equal groups give equal bytes", async () => {
  const store = await packZarr(group);
  const rooted = new Map([...store].map(([path, bytes]) => [`/${path}`, bytes] as const));
  for (const [name, { data, shape }] of Object.entries(group.arrays)) {
    const array = await zarr.open(zarr.root(rooted).resolve(name), { kind: "array" });
    const back = await zarr.get(array);
    expect(back.shape).toEqual(shape);
    expect([...(back.data as Float64Array)].every((value, i) => Object.is(value, data[i]))).toBe(true);
  }
  expect(await packZarr(group)).toEqual(store);
});

test.each([
  [{ dimensions: ["x"], shape: [2], data: new Float64Array(3), attributes: {} }, "numbers of array a is 3: needs 2"],
  [
    { dimensions: ["x"], shape: [1, 3], data: new Float64Array(3), attributes: {} },
    'dimensions of array a is ["x"]: needs 2',
  ],
])("an array that does not fit its shape is refused by name", async (array, message) => {
  await expect(packZarr({ attributes: {}, arrays: { a: array } })).rejects.toThrow(message);
});
