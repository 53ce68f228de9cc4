/** Looks of an alert that holds more than a sentence: texts and links are read on the ground of the page, only its edge is coloured. */
export function readable(tone: 'warn' | 'error' | 'primary') {
  const text = { color: 'var(--sl-text)' };
  return {
    root: { backgroundColor: 'var(--sl-surface)', border: `1px solid var(--sl-${tone})` },
    body: { minWidth: 0 },
    title: text,
    message: text,
    icon: { color: `var(--sl-${tone})` },
  };
}
