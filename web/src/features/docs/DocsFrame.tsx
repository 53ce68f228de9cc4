import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { GUIDES, type Group } from 'virtual:guides';
import { useState } from 'react';
import { useSay } from '../../i18n/i18n';
import { GoLink } from '../../ui/GoLink';
import { Icon } from '../../ui/icons';
import { Empty } from '../../ui/states';
import { find, sections, type Hit } from './search';
import classes from './Docs.module.css';

/** The guides that come with the server, so that they are there without a network and say what this version does. */
export function DocsFrame() {
  const say = useSay();
  const path = useLocation({ select: ({ pathname, hash }) => `${pathname}#${hash}` });
  // At the start all guides are named in the middle.
  const isStart = useParams({ strict: false }).guide === undefined;
  const [search, setSearch] = useState({ words: '', at: path });
  // Whoever has gone to a place has found it.
  const words = search.at === path ? search.words : '';
  const all = useQuery({
    queryKey: ['guides'],
    enabled: words !== '',
    staleTime: 'static',
    queryFn: async () => {
      const loaded = await Promise.all(
        GUIDES.map(async (guide) => sections(guide.name, (await guide.load()).default)),
      );
      return loaded.flat();
    },
  });
  const hits = words.trim() === '' || all.data === undefined ? undefined : find(all.data, words);
  return (
    <div className={classes.frame} data-start={isStart || undefined}>
      <nav className={classes.nav} aria-label={say('docs.guides')}>
        <TextInput
          type="search"
          aria-label={say('docs.find')}
          placeholder={say('docs.find')}
          leftSection={<Icon name="search" />}
          value={words}
          data-search
          onChange={(event) => setSearch({ words: event.currentTarget.value, at: path })}
        />
        {(isStart ? [] : grouped()).map(([group, guides]) => (
          <section key={group} aria-label={say(`docs.group.${group}`)}>
            <h2>{say(`docs.group.${group}`)}</h2>
            <ul>
              {guides.map((guide) => (
                <li key={guide.name}>
                  <GoLink to="/w/$ws/docs/$guide" params={{ guide: guide.name }} className={classes.guide}>
                    {guide.title}
                  </GoLink>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <div className={classes.main}>{hits === undefined ? <Outlet /> : <Hits hits={hits} />}</div>
    </div>
  );
}

/** The tables of types are many and found from their guide; they are not all named here. */
export function grouped(): [Group, typeof GUIDES][] {
  const groups = [...new Set(GUIDES.map((guide) => guide.group))];
  return groups.map((group) => [
    group,
    GUIDES.filter((guide) => guide.group === group && !guide.name.startsWith('types-')),
  ]);
}

function Hits({ hits }: { hits: Hit[] }) {
  const say = useSay();
  if (hits.length === 0) {
    return <Empty icon="search" title={say('docs.find.none')} text={say('docs.find.none.text')} />;
  }
  return (
    <>
      <p role="status" className={classes.quiet}>
        {say('docs.hits', { count: hits.length })}
      </p>
      <ul className={classes.hits}>
        {hits.map((hit) => (
          <li key={`${hit.section.guide}#${hit.section.heading ?? ''}`}>
            <GoLink
              to="/w/$ws/docs/$guide"
              params={{ guide: hit.section.guide }}
              hash={hit.section.heading}
              className={classes.hit}
            >
              {hit.section.title}
            </GoLink>
            {hit.section.heading !== undefined && (
              <span className={classes.quiet}> {hit.section.guideTitle}</span>
            )}
            <p>
              {hit.before}
              <mark>{hit.match}</mark>
              {hit.after}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
