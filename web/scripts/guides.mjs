// The guides of docs/ as data for the page: read and taken apart while it is built, so that no text becomes markup in a browser.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';

const DOCS = new URL('../../docs/', import.meta.url).pathname;

/** Which guides stand together, in order; what is in no group stands in the last one. */
const GROUPS = {
  begin: ['page', 'terminal', 'sync-modes', 'rejects', 'server'],
  data: ['files', 'cdc', 'mysql', 'sqlite', 'mappers', 'schema-changes', 'verify', 'torture'],
  activation: ['activation', 'destinations'],
  connectors: ['builder', 'manifests', 'airbyte', 'authors', 'ports', 'public-manifests'],
  operation: ['server-operations', 'sign-in', 'server-api', 'clients'],
  reference: ['problems', 'types'],
};

/** Where each guide lies, by its name in addresses. */
function files() {
  const of = (folder, name) =>
    readdirSync(join(DOCS, folder))
      .filter((file) => file.endsWith('.md'))
      .map((file) => [name(file.slice(0, -3)), join(folder, file)]);
  return new Map([
    ...of('guide', (file) => file),
    ...of('types', (file) => `types-${file}`),
    ['problems', 'problems.md'],
  ]);
}

/** The word in an address for a heading, as GitHub makes it. */
export function anchor(text) {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

const plain = (tokens) => tokens.map((each) => (each.tokens ? plain(each.tokens) : each.text)).join('');

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const said = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]);

/** Where a link leads: another guide, a heading of this one, the world, or nowhere in the page. */
function target(href, known) {
  if (/^https?:/.test(href)) {
    return { url: href };
  }
  const [path, heading] = href.split('#');
  if (path === '') {
    return { heading };
  }
  const file = path.replace(/^(\.\.\/)?(guide\/)?/, '').replace(/\.md$/, '');
  const guide = file.startsWith('types/') ? `types-${file.slice('types/'.length)}` : file;
  return known.has(guide) ? { guide, ...(heading === undefined ? {} : { heading }) } : undefined;
}

function inline(tokens, known) {
  return tokens.flatMap((token) => {
    switch (token.type) {
      case 'strong':
      case 'em':
      case 'del':
        return [{ kind: token.type, inner: inline(token.tokens, known) }];
      case 'codespan':
        return [{ kind: 'code', text: said(token.text) }];
      case 'br':
        return [{ kind: 'br' }];
      case 'image':
        return [];
      case 'link': {
        const to = target(token.href, known);
        const inner = inline(token.tokens, known);
        return to === undefined ? inner : [{ kind: 'link', ...to, inner }];
      }
      default:
        return token.tokens ? inline(token.tokens, known) : [said(token.text ?? token.raw)];
    }
  });
}

function blocks(tokens, known) {
  return tokens.flatMap((token) => {
    switch (token.type) {
      case 'space':
      case 'html':
        return [];
      case 'heading':
        return [
          {
            kind: 'heading',
            level: token.depth,
            id: anchor(said(plain(token.tokens))),
            inner: inline(token.tokens, known),
          },
        ];
      case 'code':
        return [{ kind: 'pre', text: token.text }];
      case 'list':
        return [
          {
            kind: token.ordered ? 'ol' : 'ul',
            items: token.items.map((item) => blocks(item.tokens, known)),
          },
        ];
      case 'blockquote':
        return [{ kind: 'quote', blocks: blocks(token.tokens, known) }];
      case 'hr':
        return [{ kind: 'hr' }];
      case 'table':
        return [
          {
            kind: 'table',
            head: token.header.map((cell) => inline(cell.tokens, known)),
            rows: token.rows.map((row) => row.map((cell) => inline(cell.tokens, known))),
          },
        ];
      default: {
        const inner = inline(token.tokens ?? [token], known);
        return inner.length === 0 ? [] : [{ kind: 'p', inner }];
      }
    }
  });
}

/** A guide: its title, and all below it. */
export function guide(text, known = new Set()) {
  const [first, ...others] = marked.lexer(text).filter((token) => token.type !== 'space');
  return { title: said(plain(first.tokens)), blocks: blocks(others, known) };
}

/** Makes `virtual:guides` (which there are) and `virtual:guide/NAME` (one of them). */
export function guides() {
  const all = files();
  const known = new Set(all.keys());
  const read = (name) => guide(readFileSync(join(DOCS, all.get(name)), 'utf8'), known);
  return {
    name: 'guides',
    resolveId: (id) => (id.startsWith('virtual:guide') ? `\0${id}` : undefined),
    load(id) {
      if (id === '\0virtual:guides') {
        const grouped = Object.entries(GROUPS).map(([group, names]) => [
          group,
          names.filter((name) => known.has(name)),
        ]);
        const placed = new Set(grouped.flatMap(([, names]) => names));
        grouped.at(-1)[1].push(...[...known].filter((name) => !placed.has(name)).sort());
        const entries = grouped.flatMap(([group, names]) =>
          names.map((name) => {
            this.addWatchFile(join(DOCS, all.get(name)));
            const facts = JSON.stringify({ name, group, title: read(name).title });
            return `{...${facts}, load: () => import('virtual:guide/${name}')}`;
          }),
        );
        return `export const GUIDES = [${entries.join(',\n')}];`;
      }
      if (id.startsWith('\0virtual:guide/')) {
        return `export default JSON.parse(${JSON.stringify(JSON.stringify(read(id.slice('\0virtual:guide/'.length))))});`;
      }
      return undefined;
    },
  };
}
