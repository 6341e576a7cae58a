/** The size that a chart is drawn for, in pixels. A chart that has more to say than fits becomes higher, never wider. */
export interface Surface {
  readonly width: number;
  readonly height: number;
}
