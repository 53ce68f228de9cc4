import { Button, Group, Text, Title } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useSay } from '../i18n/i18n';
import classes from './charts.module.css';

/** Before it is known how much room there is. */
const USUAL_WIDTH = 720;
const HEIGHT = 150;
const LEFT = 72;
const BOTTOM = 20;
const TOP = 8;

export type Tone = 'primary' | 'ok' | 'error' | 'off';

export interface Bar {
  key: string;
  /** What it says when one points at it. */
  title: string;
  /** From below to above. */
  parts: { value: number; tone: Tone }[];
  onClick?: () => void;
}

export interface Point {
  x: number;
  y: number;
}

const SPANS = [
  1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400,
];

/** The next duration above all values that people count in; in seconds. */
export function spanCeiling(most: number): number {
  return SPANS.find((span) => span >= most) ?? ceiling(most / 86_400) * 86_400;
}

/** The next number with one digit above all values, so that the lines beside a chart are at round numbers. */
export function ceiling(most: number): number {
  if (most <= 0) {
    return 2;
  }
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= most) ?? 10;
  return step * power;
}

/** A chart with its title and, for those who do not see it or want the numbers, a table of the same. */
export function ChartCard({
  title,
  summary,
  chart,
  table,
  isEmpty,
}: {
  title: string;
  /** What the chart shows, in a sentence. */
  summary: string;
  chart: ReactNode;
  table: ReactNode;
  isEmpty: boolean;
}) {
  const say = useSay();
  const [isTable, setTable] = useState(false);
  return (
    <section className={`sl-card ${classes.card ?? ''}`} aria-label={title}>
      <Group justify="space-between" mb={4} wrap="nowrap">
        <Title order={2} size="h3">
          {title}
        </Title>
        {!isEmpty && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-pressed={isTable}
            onClick={() => setTable(!isTable)}
          >
            {say(isTable ? 'chart.asChart' : 'chart.asTable')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" mb="xs">
        {summary}
      </Text>
      {isEmpty ? null : isTable ? <div className={classes.table}>{table}</div> : chart}
    </section>
  );
}

interface Axes {
  label: string;
  format: (value: number) => string;
  /** The number at the top; the next round one without it. */
  top?: (most: number) => number;
  first: string;
  last: string;
}

function Frame({
  width,
  label,
  most,
  format,
  first,
  last,
  children,
}: Axes & { width: number; most: number; children: ReactNode }) {
  return (
    <svg width={width} height={HEIGHT} className={classes.chart} role="img" aria-label={label}>
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line
            x1={LEFT}
            x2={width}
            y1={y(share * most, most)}
            y2={y(share * most, most)}
            className={classes.grid}
          />
          <text x={LEFT - 8} y={y(share * most, most) + 4} textAnchor="end" className={classes.text}>
            {format(share * most)}
          </text>
        </g>
      ))}
      {children}
      <text x={LEFT} y={HEIGHT - 4} className={classes.text}>
        {first}
      </text>
      <text x={width} y={HEIGHT - 4} textAnchor="end" className={classes.text}>
        {last}
      </text>
    </svg>
  );
}

function y(value: number, most: number): number {
  return TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
}

export function BarChart({ bars, label, format, top = ceiling, first, last }: Axes & { bars: Bar[] }) {
  const { ref, width: room } = useElementSize<HTMLDivElement>();
  const wide = room || USUAL_WIDTH;
  const most = top(Math.max(0, ...bars.map((bar) => bar.parts.reduce((sum, part) => sum + part.value, 0))));
  const step = (wide - LEFT) / Math.max(bars.length, 12);
  const width = Math.max(1, Math.min(step * 0.75, 36));
  return (
    <div ref={ref}>
      <Frame width={wide} label={label} most={most} format={format} first={first} last={last}>
        {bars.map((bar, index) => {
          let below = 0;
          return (
            <g
              key={bar.key}
              onClick={bar.onClick}
              className={bar.onClick === undefined ? undefined : classes.link}
            >
              <title>{bar.title}</title>
              <rect
                x={LEFT + index * step}
                y={TOP}
                width={step}
                height={HEIGHT - TOP - BOTTOM}
                fill="transparent"
              />
              {bar.parts.map(({ value, tone }) => {
                const from = below;
                below += value;
                const upper = y(below, most);
                return (
                  <rect
                    key={tone}
                    data-tone={tone}
                    className={classes.mark}
                    x={LEFT + index * step + (step - width) / 2}
                    y={upper}
                    width={width}
                    height={Math.max(value > 0 ? 1.5 : 0, y(from, most) - upper)}
                  />
                );
              })}
            </g>
          );
        })}
      </Frame>
    </div>
  );
}

export function LineChart({ points, label, format, top = ceiling, first, last }: Axes & { points: Point[] }) {
  const { ref, width: room } = useElementSize<HTMLDivElement>();
  const wide = room || USUAL_WIDTH;
  const most = top(Math.max(0, ...points.map((point) => point.y)));
  const from = points[0]?.x ?? 0;
  const span = Math.max(1, (points.at(-1)?.x ?? 1) - from);
  const path = points
    .map(
      (point, index) =>
        `${index === 0 ? 'M' : 'L'}${(LEFT + ((point.x - from) / span) * (wide - LEFT)).toFixed(1)} ${y(point.y, most).toFixed(1)}`,
    )
    .join('');
  return (
    <div ref={ref}>
      <Frame width={wide} label={label} most={most} format={format} first={first} last={last}>
        <path d={path} className={classes.curve} />
      </Frame>
    </div>
  );
}
