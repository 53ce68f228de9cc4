import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { DARK, DARK_HIGH, LIGHT, LIGHT_HIGH, type Tokens } from './tokens';

const BLUE: MantineColorsTuple = [
  '#e8effc',
  '#cfdefa',
  '#a9c7ff',
  '#7aa7ff',
  '#5189ee',
  '#3572de',
  '#1f5fd0',
  '#1a52b6',
  '#15459b',
  '#0b3f9e',
];

/** What Mantine paints dark things with where it asks for no variable: fields, rows, the track of a control. */
const NIGHT: MantineColorsTuple = [
  '#e6e9ee',
  '#c3cad4',
  '#9aa4b2',
  '#8792a1',
  '#3d4650',
  '#2d343d',
  '#171b21',
  '#1c2128',
  '#14171c',
  '#101318',
];

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 6, dark: 5 },
  colors: { blue: BLUE, dark: NIGHT },
  defaultRadius: 6,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '26px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '28px' },
      h2: { fontSize: '17px', lineHeight: '24px' },
      h3: { fontSize: '15px', lineHeight: '20px' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    // In the colour of the alert, a title would be too faint on the ground of it in the dark.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } },
    },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
  },
});

function variables(tokens: Tokens): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--sl-${name}`, value])),
    '--mantine-color-body': tokens.surface,
    '--mantine-color-text': tokens.text,
    '--mantine-color-dimmed': tokens.muted,
    '--mantine-color-error': tokens.error,
    '--mantine-color-anchor': tokens.primary,
    '--mantine-color-placeholder': tokens.muted,
    '--mantine-color-default': tokens.surface,
    '--mantine-color-default-hover': tokens.hover,
    '--mantine-color-default-color': tokens.text,
    '--mantine-color-default-border': tokens.control,
  };
}

/** Our colours as variables of CSS (`--sl-text`, …), and in the place of Mantine's own. */
export function resolver(high: boolean): CSSVariablesResolver {
  return () => ({
    variables: {},
    light: variables(high ? LIGHT_HIGH : LIGHT),
    dark: variables(high ? DARK_HIGH : DARK),
  });
}
