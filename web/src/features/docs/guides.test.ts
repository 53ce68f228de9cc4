import { GUIDES, type Block, type Inline } from 'virtual:guides';
import { describe, expect, it } from 'vitest';
import { anchor, guide } from '../../../scripts/guides.mjs';
import { find, sections } from './search';

const TEXT = `# Tea & cake

First *words* with \`<code> & more\` and [a link](other.md#part-two), [one out](https://example.org), [one lost](../adr/1.md).

## Part two: "quotes", E_TOO_MANY

- one
- two
  - inner

| A | B |
|---|---|
| \`x\` | y & z |

\`\`\`sh
sluice run --from <file>
\`\`\`

<script>alert(1)</script>
`;

function links(blocks: Block[]): Extract<Inline, { kind: 'link' }>[] {
  const inner = (words: Inline[]): Extract<Inline, { kind: 'link' }>[] =>
    words.flatMap((word) => {
      if (typeof word === 'string' || word.kind === 'code' || word.kind === 'br') {
        return [];
      }
      return [...(word.kind === 'link' ? [word] : []), ...inner(word.inner)];
    });
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'heading':
      case 'p':
        return inner(block.inner);
      case 'ul':
      case 'ol':
        return block.items.flatMap(links);
      case 'quote':
        return links(block.blocks);
      case 'table':
        return [block.head, ...block.rows].flat().flatMap(inner);
      default:
        return [];
    }
  });
}

describe('a guide as data', () => {
  const { title, blocks } = guide(TEXT, new Set(['other']));

  it('keeps what is said and loses what would be markup', () => {
    expect(title).toBe('Tea & cake');
    expect(blocks[0]).toEqual({
      kind: 'p',
      inner: [
        'First ',
        { kind: 'em', inner: ['words'] },
        ' with ',
        { kind: 'code', text: '<code> & more' },
        ' and ',
        { kind: 'link', guide: 'other', heading: 'part-two', inner: ['a link'] },
        ', ',
        { kind: 'link', url: 'https://example.org', inner: ['one out'] },
        ', ',
        'one lost',
        '.',
      ],
    });
    expect(blocks.find((block) => block.kind === 'pre')).toEqual({
      kind: 'pre',
      text: 'sluice run --from <file>',
    });
    expect(blocks.find((block) => block.kind === 'table')).toEqual({
      kind: 'table',
      head: [['A'], ['B']],
      rows: [[[{ kind: 'code', text: 'x' }], ['y & z']]],
    });
    expect(JSON.stringify(blocks)).not.toContain('alert');
  });

  it('names headings as their links do', () => {
    expect(anchor('MySQL and MariaDB')).toBe('mysql-and-mariadb');
    expect(anchor('E_TOO_MANY_REJECTS')).toBe('e_too_many_rejects');
    expect(anchor('What is "it", then?')).toBe('what-is-it-then');
  });

  it('is found by words of a section, titles first', () => {
    const all = sections('tea', guide(TEXT));
    expect(all.map((section) => section.heading)).toEqual([undefined, 'part-two-quotes-e_too_many']);
    const [hit] = find(all, 'INNER two');
    expect(hit?.section.heading).toBe('part-two-quotes-e_too_many');
    expect(hit?.match).toBe('two');
    expect(find(all, 'words nowhere')).toEqual([]);
    expect(find(all, '  ')).toEqual([]);
    expect(find(all, 'e_too_many')[0]?.section.title).toContain('E_TOO_MANY');
  });
});

describe('the guides that come with the page', () => {
  it('are all there, in groups, and none of their links leads nowhere', async () => {
    expect(GUIDES.length).toBeGreaterThan(30);
    expect(new Set(GUIDES.map((each) => each.name)).size).toBe(GUIDES.length);
    const loaded = new Map(
      await Promise.all(GUIDES.map(async (each) => [each.name, (await each.load()).default] as const)),
    );
    const headings = new Map(
      [...loaded].map(([name, { blocks }]) => [
        name,
        new Set(blocks.flatMap((block) => (block.kind === 'heading' ? [block.id] : []))),
      ]),
    );
    const lost = [...loaded].flatMap(([name, { blocks }]) =>
      links(blocks)
        .filter(({ heading }) => heading !== undefined)
        .filter(({ guide: to, heading }) => headings.get(to ?? name)?.has(heading ?? '') !== true)
        .map(({ guide: to, heading }) => `${name}: ${to ?? ''}#${heading ?? ''}`),
    );
    expect(lost).toEqual([]);
  });
});
