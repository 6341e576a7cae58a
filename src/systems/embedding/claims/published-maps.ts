/**
 * Steps at which training and test accuracy reach 0.9 in the runs that the source publishes beside its code: addition, regression, seed 58, at most
 * 10 000 steps; "-" for never. Columns: rate of the decoder 10^-5, 10^(-5 + 1/3), ..., 10^-2.
 */

/** How many steps those runs have at most. */
export const PUBLISHED_STEPS = 10_000;

export interface PublishedCell {
  readonly trainStep: number | null;
  readonly testStep: number | null;
}

export const parsedCells = (text: string): readonly (readonly PublishedCell[])[] =>
  text
    .trim()
    .split("\n")
    .map(row =>
      row
        .trim()
        .split(" ")
        .map(cell => {
          const [trainStep, testStep] = cell.split("/").map(step => (step === "-" ? null : Number(step)));
          return { trainStep, testStep };
        }),
    );

/** Rows: weight decay 0, 1, ..., 10 of the decoder, embeddings at the rate 10^-3. */
export const publishedDecays = parsedCells(`
  8837/- 4486/6413 1995/3319 1130/1529 2248/- 963/- 708/- 350/- 372/- 245/-
  9235/- 4621/6819 2098/3620 1237/1624 1650/- 904/- 1073/- 404/- 561/- 570/-
  9550/- 4823/7435 2179/3727 1335/1792 901/994 1087/- 1506/- 539/- 470/- 874/-
  -/- 5028/7994 2274/4153 1403/2096 888/1100 1174/- 2583/- 862/- 774/- -/-
  -/- 5249/8652 2363/4605 1489/2288 969/1206 1554/- 1363/- 1606/- 1895/- -/-
  -/- 5507/9444 2416/5513 1584/2594 1044/1425 -/- 1926/- 1964/- -/- 766/1429
  -/- 5715/- 2658/7509 1669/3385 1152/1689 -/- -/- -/- -/- 1019/1880
  -/- 5748/- 2891/- 1801/- 1345/3429 -/- -/- -/- -/- 1210/-
  -/- 6589/- 3376/- 2122/- 1804/8080 1150/9518 -/- -/- -/- -/-
  -/- 7432/- 4408/- 3234/- 2216/- 1369/- -/- -/- 1646/- -/-
  -/- 8803/- -/- 4478/- 2995/- 2380/- 1459/- -/- -/- -/-
`);

/** Rows: rate of the embeddings, as the columns; no decay. */
export const publishedRates = parsedCells(`
  -/- -/- -/- 6265/- 3883/- 2312/- 1193/- 948/- 610/- 556/-
  -/- -/- -/- 6283/- 3402/- 1822/- 1145/- 837/- 607/- 553/-
  -/- -/- 7211/- 5661/- 3148/- 1816/- 1146/- 722/- 611/- 479/-
  -/- -/- 6392/- 3671/- 2983/- 1299/- 1042/- 679/- 668/- 556/-
  7901/- 4886/6553 7804/- 4424/- 1772/- 1586/- 675/- 834/- 474/- 419/-
  8656/- 3964/6325 2326/3077 3971/- 2553/- 1443/- 551/- 448/- 403/- 407/-
  8837/- 4486/6413 1995/3319 1130/1529 2248/- 963/- 708/- 350/- 372/- 245/-
  9575/- 4418/6798 2144/3250 1042/1541 634/794 394/461 678/- 475/- 330/- 192/-
  -/- 5067/7527 2211/3475 1042/1625 518/794 333/468 214/266 373/- 284/- 277/-
  -/- 5354/8180 2511/3971 1073/1732 534/836 284/399 190/264 128/177 222/- 224/-
`);
