import type { ReactNode } from 'react';

const PATHS = {
  home: 'M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1z',
  connections: 'M4 6h8m0 0L9.5 3.5M12 6 9.5 8.5M16 14H8m0 0 2.5-2.5M8 14l2.5 2.5',
  source: 'M10 3v9m0 0-3-3m3 3 3-3M4 13v3h12v-3',
  destination: 'M10 12V3m0 0L7 6m3-3 3 3M4 13v3h12v-3',
  alerts: 'M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1.5 1.5H4zM8.5 17h3',
  jobs: 'M4 5h12M4 10h12M4 15h7',
  settings:
    'M10 7.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M15.3 4.7l-1.4 1.4M6.1 13.9l-1.4 1.4',
  book: 'M10 5.5C8.5 4.3 6.5 4 3.5 4v11c3 0 5 .3 6.5 1.5C11.5 15.3 13.5 15 16.5 15V4c-3 0-5 .3-6.5 1.5zM10 5.5v11',
  check: 'm5 10.5 3.2 3.2L15 7',
  cross: 'M6 6l8 8M14 6l-8 8',
  warn: 'M10 7v4m0 2.5v.2M10 3 2.5 16.5h15z',
  info: 'M10 9v5m0-7.7v.2M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4z',
  refresh: 'M15.5 8A6 6 0 0 0 5 6.2M4.5 3v3.5H8M4.5 12A6 6 0 0 0 15 13.8m.5 3.2v-3.5H12',
  clock: 'M10 6v4l2.5 2M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4z',
  pause: 'M7.5 5.5v9M12.5 5.5v9',
  play: 'M7 5v10l8-5z',
  stop: 'M6 6h8v8H6z',
  plus: 'M10 4.5v11M4.5 10h11',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4',
  chevronDown: 'm5.5 8 4.5 4.5L14.5 8',
  chevronRight: 'm8 5.5 4.5 4.5L8 14.5',
  chevronLeft: 'm12 5.5-4.5 4.5 4.5 4.5',
  chevronUp: 'm5.5 12 4.5-4.5 4.5 4.5',
  arrowRight: 'M4 10h12m0 0-4-4m4 4-4 4',
  dots: 'M5 10h.01M10 10h.01M15 10h.01',
  menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1 1M14.7 14.7l1 1M15.7 4.3l-1 1M5.3 14.7l-1 1',
  moon: 'M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5z',
  contrast: 'M10 2.8a7.2 7.2 0 1 0 0 14.4zM10 2.8a7.2 7.2 0 0 1 0 14.4',
  user: 'M10 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM4 17c.5-3.5 3-5 6-5s5.5 1.5 6 5',
  lock: 'M5.5 9h9v7.5h-9zM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9',
  key: 'M7 9.5a3.5 3.5 0 1 0 0 .01M10.5 10H17v3M14 10v2.5',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v5M11.5 9v5',
  edit: 'M4 16l.7-3L13 4.7l2.3 2.3L7 15.3zM11.5 6.2l2.3 2.3',
  external: 'M8 5H4.5v10.5H15V12M11 4.5h4.5V9M15 5l-6.5 6.5',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  filter: 'M3.5 5h13M6 10h8M8.5 15h3',
  table: 'M3.5 4.5h13v11h-13zM3.5 8.5h13M8.5 8.5v7',
  bolt: 'M11 3 5 11h4.5L9 17l6-8h-4.5z',
  upload: 'M10 13V4m0 0L7 7m3-3 3 3M4 13v3h12v-3',
  drag: 'M8 5h.01M12 5h.01M8 10h.01M12 10h.01M8 15h.01M12 15h.01',
  octagon: 'M7 3h6l4 4v6l-4 4H7l-4-4V7zM7.5 7.5l5 5M12.5 7.5l-5 5',
  circleCheck: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4zM6.8 10.3l2.2 2.2 4.2-4.7',
  dash: 'M5 10h10',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside a word. It says nothing to those who listen: the word does. */
export function Icon({
  name,
  size = 16,
  className,
}: {
  name: IconName;
  size?: number;
  className?: string;
}): ReactNode {
  const isDots = name === 'dots' || name === 'drag';
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={isDots ? 2.4 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className={className}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
