// Fetches what the page is built of, if that has changed: `npm ci`, without what only checks need when told --build.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `The page needs Node 20.19 or newer, and this is ${process.versions.node}. Install a newer one, or build without the page: -Dweb.skip`,
  );
  process.exit(1);
}

const onlyBuild = process.argv.includes('--build');
const stamp = 'node_modules/.installed';
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const there = existsSync(stamp) ? readFileSync(stamp, 'utf8').split(' ') : [];
if (there[0] === wanted && (there[1] === 'all' || onlyBuild)) {
  process.exit(0);
}
const options = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', ...(onlyBuild ? ['--omit=dev'] : [])];
const { status, error } = spawnSync('npm', options, { stdio: 'inherit' });
if (error || status !== 0) {
  console.error(
    `npm ci failed${error ? ` (${error.message})` : ''}. Check the network and try again, or build without the page: -Dweb.skip`,
  );
  process.exit(1);
}
writeFileSync(stamp, `${wanted} ${onlyBuild ? 'build' : 'all'}`);
