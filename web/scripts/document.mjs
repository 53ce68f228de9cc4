// Keeps the server's OpenAPI document beside the page that is made for it: node scripts/document.mjs FILE-OR-ADDRESS
import { readFileSync, writeFileSync } from 'node:fs';

const from = process.argv[2] ?? 'http://127.0.0.1:8000/openapi.json';
const text = /^https?:/.test(from) ? await (await fetch(from)).text() : readFileSync(from, 'utf8');

/** Names in order, so that a difference is one of what is said. */
const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((name) => [name, sorted(value[name])]),
        )
      : value;

writeFileSync(
  new URL('../openapi.json', import.meta.url),
  `${JSON.stringify(sorted(JSON.parse(text)), null, 1)}\n`,
);
