import type { Block, Guide } from 'virtual:guides';
import { plain, plainWord } from './plain';

/** A piece of a guide from one heading to the next. */
export interface Section {
  guide: string;
  guideTitle: string;
  /** The heading's name in addresses; undefined before the first heading. */
  heading: string | undefined;
  title: string;
  text: string;
}

/** The sections of a guide, in order. */
export function sections(name: string, guide: Guide): Section[] {
  const found: { heading: string | undefined; title: string; blocks: Block[] }[] = [
    { heading: undefined, title: guide.title, blocks: [] },
  ];
  for (const block of guide.blocks) {
    if (block.kind === 'heading') {
      found.push({ heading: block.id, title: block.inner.map(plainWord).join(''), blocks: [] });
    } else {
      found.at(-1)?.blocks.push(block);
    }
  }
  return found.map(({ heading, title, blocks }) => ({
    guide: name,
    guideTitle: guide.title,
    heading,
    title,
    text: plain(blocks),
  }));
}

/** A section that has all that is looked for, and the piece of its text around the first of it. */
export interface Hit {
  section: Section;
  before: string;
  match: string;
  after: string;
}

const AROUND = 70;

/** The sections that have all words, those first that have them in their title. */
export function find(all: Section[], words: string, most = 30): Hit[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) {
    return [];
  }
  const hits = all.flatMap((section) => {
    const title = section.title.toLowerCase();
    const text = `${title}\n${section.text.toLowerCase()}`;
    if (!wanted.every((word) => text.includes(word))) {
      return [];
    }
    const weight = wanted.filter((word) => title.includes(word)).length;
    return [{ weight, hit: around(section, wanted) }];
  });
  return hits
    .sort((a, b) => b.weight - a.weight)
    .slice(0, most)
    .map(({ hit }) => hit);
}

function around(section: Section, wanted: string[]): Hit {
  const text = section.text.replace(/\s+/g, ' ');
  const lower = text.toLowerCase();
  const places = wanted
    .map((word) => ({ at: lower.indexOf(word), word }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  const [place] = places;
  if (place === undefined) {
    return { section, before: text.slice(0, 2 * AROUND), match: '', after: '' };
  }
  const end = place.at + place.word.length;
  const from = Math.max(0, place.at - AROUND);
  return {
    section,
    before: (from > 0 ? '…' : '') + text.slice(from, place.at),
    match: text.slice(place.at, end),
    after: text.slice(end, end + AROUND) + (end + AROUND < text.length ? '…' : ''),
  };
}
