/** The colours of the page. A test holds their contrast against what WCAG asks for. */
export type TokenName =
  | 'text'
  | 'muted'
  | 'primary'
  | 'ok'
  | 'warn'
  | 'error'
  | 'running'
  | 'queued'
  | 'off'
  | 'control'
  | 'border'
  | 'page'
  | 'surface'
  | 'hover'
  | 'selected';

export type Tokens = Record<TokenName, string>;

export const LIGHT: Tokens = {
  text: '#1b1f24',
  muted: '#57606a',
  primary: '#1f5fd0',
  ok: '#15713f',
  warn: '#8a5a00',
  error: '#c0262d',
  running: '#0b6fa4',
  queued: '#6a5acd',
  off: '#656d76',
  control: '#868e98',
  border: '#d8dde3',
  page: '#f6f7f9',
  surface: '#ffffff',
  hover: '#f0f2f5',
  selected: '#e8effc',
};

export const DARK: Tokens = {
  text: '#e6e9ee',
  muted: '#9aa4b2',
  primary: '#7aa7ff',
  ok: '#4cc38a',
  warn: '#e0a63a',
  error: '#ff7b7f',
  running: '#58b6e6',
  queued: '#a99bff',
  off: '#9aa4b2',
  control: '#6e7885',
  border: '#2d343d',
  page: '#14171c',
  surface: '#1c2128',
  hover: '#232a33',
  selected: '#1d2b45',
};

export const LIGHT_HIGH: Tokens = {
  text: '#000000',
  muted: '#333b44',
  primary: '#0b3f9e',
  ok: '#0b5530',
  warn: '#5c3b00',
  error: '#8c0f16',
  running: '#064a70',
  queued: '#41329c',
  off: '#3d444c',
  control: '#3d444c',
  border: '#6b737c',
  page: '#ffffff',
  surface: '#ffffff',
  hover: '#eef1f5',
  selected: '#dde8fb',
};

export const DARK_HIGH: Tokens = {
  text: '#ffffff',
  muted: '#c9d1db',
  primary: '#a9c7ff',
  ok: '#7fe0b0',
  warn: '#f5c976',
  error: '#ffb0b2',
  running: '#9ad6f5',
  queued: '#cbc2ff',
  off: '#c9d1db',
  control: '#b4bdc8',
  border: '#8b95a1',
  page: '#000000',
  surface: '#0b0d10',
  hover: '#1a1f26',
  selected: '#14264a',
};

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function luminance(colour: string): number {
  const value = Number.parseInt(colour.slice(1), 16);
  const red = linear((value >> 16) & 255);
  const green = linear((value >> 8) & 255);
  const blue = linear(value & 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, as WCAG 2 defines it: from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
