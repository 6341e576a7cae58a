/**
 * Drawing: data and a size in, a tree of SVG elements out, which `svgText` prints. A page shows a chart by
 * `element.innerHTML = svgText(lineChart(chart, { width: 640, height: 400 }))`.
 */

export { type Category, type CategoryHistogram, categoryHistogram } from "../charts/category-histogram.ts";
export type { CellAxis } from "../charts/cell-axis.ts";
export type { CellMark } from "../charts/cell-mark.ts";
export { type ColumnPolygons, columnPolygons, type PolygonPanel } from "../charts/column-polygons.ts";
export { type CountBar, type CountBars, countBars } from "../charts/count-bars.ts";
export { type EnergyLevel, type EnergyLevelDiagram, energyLevelDiagram } from "../charts/energy-levels.ts";
export { type Exhibits, type Figure, type Formula, isAvailable, type Need, type Table } from "../charts/exhibits.ts";
export { type HeatCell, type HeatMap, heatMap } from "../charts/heat-map.ts";
export {
  type Axis,
  type Curve,
  type Level,
  type LineChart,
  lineChart,
  type Place,
  type Point,
  type Scatter,
} from "../charts/line-chart.ts";
export { type MapCell, type MapPhase, type PhaseMapChart, phaseMap } from "../charts/phase-map.ts";
export type { Surface } from "../charts/surface.ts";
export { type Drawing, type SvgElement, svgText } from "../charts/svg.ts";
export { colours, type Description, ink, onDark, page, series } from "../charts/theme.ts";
