// After the build: holds what a browser loads against the budgets, and lays compressed files beside the others.
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const KIB = 1024;
const BUDGETS = { js: 280 * KIB, css: 45 * KIB, chunk: 90 * KIB };
// Loaded by those who look at a manifest as text, and by nobody else (ADR 0276).
const LARGER = { 'src/features/builder/CodeEditor.tsx': 200 * KIB };
const out = new URL('../target/classes/dev/sluice/web/', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'));
const size = (file) => gzipSync(readFileSync(join(out, file)), { level: 9 }).length;

/** What is loaded with a chunk, before anything of it runs. */
function together(key, found = new Set()) {
  if (!found.has(key)) {
    found.add(key);
    (manifest[key].imports ?? []).forEach((each) => together(each, found));
  }
  return found;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = together(entry);
const sum = (values) => values.reduce((a, b) => a + b, 0);
const initial = {
  js: sum([...first].map((key) => size(manifest[key].file))),
  css: sum([...new Set([...first].flatMap((key) => manifest[key].css ?? []))].map(size)),
};
const chunks = Object.entries(manifest)
  .filter(([key, chunk]) => !first.has(key) && chunk.file.endsWith('.js'))
  .map(([key, chunk]) => ({ name: key, bytes: size(chunk.file) }))
  .sort((a, b) => b.bytes - a.bytes);

const kib = (bytes) => `${(bytes / KIB).toFixed(1)} KiB`;
console.log(`first load: ${kib(initial.js)} of JS, ${kib(initial.css)} of CSS (gzip)`);
chunks.slice(0, 5).forEach((chunk) => console.log(`later: ${kib(chunk.bytes)} ${chunk.name}`));
const over = [
  initial.js > BUDGETS.js && `the JS of the first load: ${kib(initial.js)} of ${kib(BUDGETS.js)}`,
  initial.css > BUDGETS.css && `the CSS of the first load: ${kib(initial.css)} of ${kib(BUDGETS.css)}`,
  ...chunks
    .filter((chunk) => chunk.bytes > (LARGER[chunk.name] ?? BUDGETS.chunk))
    .map((chunk) => `${chunk.name}: ${kib(chunk.bytes)} of ${kib(LARGER[chunk.name] ?? BUDGETS.chunk)}`),
].filter(Boolean);
if (over.length > 0) {
  console.error(`The page is larger than its budget (scripts/finish.mjs):\n  ${over.join('\n  ')}`);
  process.exit(1);
}

rmSync(join(out, '.vite'), { recursive: true });
for (const name of readdirSync(out, { recursive: true })) {
  const file = join(out, name);
  if (statSync(file).isFile() && /\.(js|css|svg|json)$/.test(name) && statSync(file).size > KIB) {
    const content = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    );
  }
}
