import { describe, expect, it } from 'vitest';
import { insert, move, put, remove } from './edits';
import { Places } from './places';
import { Source } from './source';

const TEXT = `# what it is about
version: 6.0.0   # of the engine
streams:
  # the first
  - type: DeclarativeStream
    name: 'a'  # with a word
    retriever:
      $ref: "#/definitions/retriever"
  - { name: b, primary_key: [id, day] }
  # the third
  - name: c
    text: |
      two
      lines
    more: 1
definitions:
    retriever:
        requester: # how
            path: "/x"
            request_parameters: {}
`;

describe('an edit of a manifest', () => {
  const source = new Source(TEXT);
  const changed = (next: Source) => {
    const before = TEXT.split('\n');
    const after = next.text.split('\n');
    return {
      gone: before.filter((line) => !after.includes(line)),
      come: after.filter((line) => !before.includes(line)),
    };
  };

  it('touches the line that it changes and no other, and keeps its quotes and its comment', () => {
    expect(changed(put(source, ['streams', 0, 'name'], 'x'))).toEqual({
      gone: ["    name: 'a'  # with a word"],
      come: ["    name: 'x'  # with a word"],
    });
    expect(changed(put(source, ['version'], '7.0.0')).come).toEqual(['version: "7.0.0"   # of the engine']);
  });

  it('adds what is missing where it belongs, with the margin that is there', () => {
    expect(changed(put(source, ['streams', 2, 'new'], { a: [1, 'yes'] }))).toEqual({
      gone: [],
      come: ['    new:', '      a:', '        - 1', '        - "yes"'],
    });
    expect(changed(put(source, ['streams', 1, 'new'], 'x')).come).toEqual([
      '  - { name: b, primary_key: [id, day], new: x }',
    ]);
    expect(
      changed(put(source, ['definitions', 'retriever', 'requester', 'request_parameters', 'page'], '{{ 1 }}'))
        .come,
    ).toEqual(['            request_parameters:', '              page: "{{ 1 }}"']);
  });

  it('takes away what it is asked to', () => {
    expect(changed(remove(source, ['streams', 0, 'name'])).gone).toEqual(["    name: 'a'  # with a word"]);
    expect(changed(remove(source, ['streams', 2, 'text'])).gone).toEqual([
      '    text: |',
      '      two',
      '      lines',
    ]);
    expect(changed(remove(source, ['streams', 1, 'primary_key', 0])).come).toEqual([
      '  - { name: b, primary_key: [day] }',
    ]);
    expect(remove(source, ['definitions', 'retriever', 'requester', 'path']).text).toContain(
      'requester: # how\n            request_parameters: {}\n',
    );
  });

  it('moves an item with the comment above it, and puts one in between', () => {
    const moved = move(source, ['streams'], 2, 0);
    expect(moved.text.indexOf('# the third')).toBeLessThan(moved.text.indexOf('# the first'));
    expect(move(moved, ['streams'], 0, 2).text).toBe(TEXT);
    expect(insert(source, ['streams'], 1, { name: 'new' }).text).toContain('- name: new\n  - { name: b');
  });

  it('begins with nothing', () => {
    expect(put(new Source(''), ['streams', 0, 'name'], 'a').text).toBe('streams:\n  - name: a\n');
  });

  it('writes long texts as they are, and what YAML takes for something else in quotes', () => {
    const values = [
      'two\nlines',
      'a: b',
      '# no',
      'on',
      '1_000',
      '12:30',
      '2020-01-01',
      '~',
      ' x',
      'x ',
      'it\'s "so"',
      '',
      '- a',
      '\t',
      'a\n',
      'a\n\n',
      '\n',
      '*',
      '@x',
      '0o7',
      '1e3',
      '{{ a }}',
      'é',
      '\u2028',
    ];
    for (const value of values) {
      for (const way of [['streams', 2, 'more'], ['streams', 1, 'name'], ['streams', 0, 'name'], ['new']]) {
        expect(put(source, way, value).node(way)?.toJSON(), JSON.stringify(value)).toBe(value);
      }
    }
  });
});

describe('a part that is shared', () => {
  const shared = new Source(`streams:
  - name: a
    retriever:
      $ref: "#/definitions/retriever"
  - name: b
    retriever: "#/definitions/retriever"
  - $parameters: {name: c, path: here}
    retriever:
      $ref: "#/definitions/retriever"
      requester:
        type: HttpRequester
definitions:
  requester:
    type: HttpRequester
    path: /x
  retriever:
    type: SimpleRetriever
    requester:
      $ref: "#/definitions/requester"
      http_method: GET
`);
  const way = ['streams', 1, 'retriever', 'requester', 'path'];

  it('is seen through its links, and is said to be shared', () => {
    const place = new Places(shared).get(way);
    expect(place.value).toBe('/x');
    expect(place.at).toEqual(['definitions', 'requester', 'path']);
    expect(place.links.map(({ pointer, uses }) => [pointer, uses])).toEqual([
      ['#/definitions/retriever', 3],
      ['#/definitions/requester', 1],
    ]);
  });

  it('is changed for all', () => {
    const next = new Places(new Places(shared).set(way, '/y'));
    expect(next.get(['streams', 0, 'retriever', 'requester', 'path']).value).toBe('/y');
  });

  it('is changed here only, and all else of it stays shared', () => {
    const source = new Places(shared).set(way, '/y', 'here');
    const next = new Places(source);
    expect(next.get(way).value).toBe('/y');
    expect(next.get(['streams', 0, 'retriever', 'requester', 'path']).value).toBe('/x');
    expect(next.get(['streams', 1, 'retriever', 'requester', 'http_method']).value).toBe('GET');
    expect(source.text).toContain('$ref: "#/definitions/retriever"\n      requester:');
  });

  it('takes what parameters give', () => {
    const places = new Places(shared);
    expect(places.get(['streams', 2, 'name'])).toMatchObject({ value: 'c', isGiven: true });
    expect(places.get(['streams', 2, 'retriever', 'requester', 'path'])).toMatchObject({
      value: 'here',
      at: ['streams', 2, '$parameters', 'path'],
    });
  });
});
