// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { drawBars } from '../../ui/charts/bars';
import { Chart, type ChartTable } from '../../ui/charts/figure';
import { drawRadar } from '../../ui/charts/radar';
import { formatPercent } from '../../ui/format';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Columns, Grid, Section } from '../../ui/page';
import { formatFraction, type ScanResult, yearOf } from '../api';
import { texts as shared } from '../texts';
import { ScoreNumber } from './result-page';
import { texts } from './texts';

/** The scores per theme as bars and as a radar; both have the same table. */
export function ThemeCharts({ result }: { result: ScanResult }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const year = yearOf(result);
  const then = (theme: string) => {
    const score = result.change?.themes.find((one) => one.theme === theme)?.before;
    return score?.percent === undefined ? null : score.percent / 100;
  };
  const percent = (value: number | undefined) => (value === undefined ? words.chart_none : formatPercent(value, language, 0));
  const sorted = [...result.themes].sort((a, b) => (b.score.percent ?? -1) - (a.score.percent ?? -1) || a.number - b.number);
  const counted = sorted.filter(({ score }) => score.percent !== undefined);
  const [best, worst] = [counted[0], counted.at(-1)];
  if (!best || !worst) return null;
  const table: ChartTable = {
    columns: [words.chart_theme, words.chart_points, words.chart_score],
    rows: result.themes.map(({ theme, title, score }) => ({
      key: theme, label: title[language],
      cells: [
        { content: <ScoreNumber score={score} title={title[language]} />, text: score.counted === 0 ? words.chart_none : fill(common.score, { points: formatFraction(score.points), counted: score.counted }) },
        { content: percent(score.percent), text: percent(score.percent) },
      ],
    })),
  };
  const summary = sorted.map(({ title, score }) => fill(words.chart_summary, { theme: title[language], score: percent(score.percent) })).join(', ');
  return (
    <Section>
      <Grid>
        <Columns span={6}>
          <Chart level={2} title={best.score.percent === worst.score.percent ? words.chart_bars_same : fill(words.chart_bars, { best: best.title[language], worst: worst.title[language].charAt(0).toLowerCase() + worst.title[language].slice(1) })}
            subtitle={fill(words.chart_bars_sub, { year })} summary={summary} note={words.chart_note} source={words.chart_source} table={table} file={`quickscan-${year}-themas`}
            draw={(width) => drawBars(width, {
              max: 100, ticks: [0, 25, 50, 75, 100].map((value) => ({ value, text: formatPercent(value, language, 0) })),
              rows: sorted.map(({ theme, title, score }) => ({
                key: theme, label: title[language],
                lanes: [score.percent === undefined ? { segments: [], missing: words.chart_none }
                  : { segments: [{ value: score.percent, fill: 'f-now' }], end: percent(score.percent) }],
              })),
            })} />
        </Columns>
        <Columns span={6}>
          <Chart level={2} title={words.chart_radar} subtitle={fill(words.chart_radar_sub, { year })} summary={summary} source={words.chart_source} table={table} file={`quickscan-${year}-vorm`}
            {...(result.change && { note: fill(words.chart_radar_then, { year: yearOf(result.change) }) })}
            draw={(width) => drawRadar(width, result.themes.map(({ theme, title, score }) => ({
              key: theme, label: title[language], now: score.percent === undefined ? null : score.percent / 100, then: then(theme),
            })))} />
        </Columns>
      </Grid>
    </Section>
  );
}
