import { sweepValues } from "../../../numerics/sweep-values.ts";
import type { CapabilityCounts } from "../../../transitions/emergence/audit.ts";

/** Four tables of ten models on 500 test items, of which it is known what they are: scales from 10^6 to 10^10.5. */

const scale = Array.from(sweepValues(1e6, 3.162277660168379e10, 10, "log"));
const n = new Array<number>(10).fill(500);
/** From a power law of the loss per token. */
const smooth = [0.193798, 0.360834, 0.507926, 0.669513, 0.777063, 0.847783, 0.898083, 0.938142, 0.959046, 0.975466];

export const workedTables = {
  mirage20: { scale, n, length: 20, p: smooth, k: [0, 0, 0, 0, 3, 18, 58, 139, 217, 304] },
  mirage5: { scale, n, length: 5, p: smooth, k: [0, 3, 17, 67, 142, 219, 292, 363, 406, 442] },
  jump5: {
    ...{ scale, n, length: 5 },
    p: [0.400709, 0.410086, 0.422274, 0.4296, 0.439433, 0.451081, 0.960286, 0.959511, 0.968103, 0.967268],
    k: [5, 6, 7, 7, 8, 9, 408, 407, 425, 423],
  },
  smooth1: {
    ...{ scale, n, length: 1 },
    p: [0.724789, 0.78849, 0.828868, 0.876238, 0.905998, 0.926065, 0.942306, 0.958913, 0.967873, 0.977209],
    k: [362, 394, 414, 438, 453, 463, 471, 479, 484, 489],
  },
} as const satisfies { readonly [name: string]: CapabilityCounts };
