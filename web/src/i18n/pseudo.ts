const ACCENTS: Record<string, string> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'í',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ɋ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'ú',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  F: 'Ƒ',
  G: 'Ĝ',
  H: 'Ĥ',
  I: 'Í',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ṁ',
  N: 'Ñ',
  O: 'Ó',
  P: 'Þ',
  Q: 'Ɋ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Ú',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
};

/**
 * A message as a language would have it that needs a third more room: whatever is not in it stands in the code and not in
 * the catalogue. Arguments, keywords of plurals and tags stay as they are.
 */
export function pseudo(message: string): string {
  let depth = 0;
  let isTag = false;
  let text = '';
  for (const letter of message) {
    if (letter === '{' || letter === '}') {
      depth += letter === '{' ? 1 : -1;
    } else if (letter === '<' || letter === '>') {
      isTag = letter === '<';
    }
    // Inside of one pair of braces is an argument, inside of two is text again.
    text += depth % 2 === 0 && !isTag ? (ACCENTS[letter] ?? letter) : letter;
  }
  return `[${text}${'·'.repeat(Math.ceil(message.length / 3))}]`;
}
