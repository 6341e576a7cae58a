// Reads one log in a fresh process: CPU seconds of that, the largest memory in bytes, and sums by series, as JSON.
import { readLogs } from "landau/node";

const before = process.cpuUsage();
const { series } = await readLogs([process.argv[2]]);
const { user, system } = process.cpuUsage(before);
const sum = values => values.reduce((total, value) => total + value, 0);
const sums = Object.fromEntries(series.map(({ name, step, value }) => [name, [sum(step), sum(value), value.length]]));
console.log(JSON.stringify({ cpu: (user + system) / 1e6, memory: 1024 * process.resourceUsage().maxRSS, sums }));
