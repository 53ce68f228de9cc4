import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from '@tanstack/react-router';
import { GUIDES } from 'virtual:guides';
import { useEffect } from 'react';
import { useSay } from '../../i18n/i18n';
import { PageHeader } from '../../ui/PageHeader';
import { Empty, ErrorCard, Loading } from '../../ui/states';
import { Prose } from './Prose';
import { plainWord } from './plain';
import classes from './Docs.module.css';

/** One guide, with its headings beside it. */
export function GuidePage() {
  const say = useSay();
  const { guide: name } = useParams({ strict: false });
  const hash = useLocation({ select: (location) => location.hash });
  const known = GUIDES.find((each) => each.name === name);
  const shown = useQuery({
    queryKey: ['guides', name],
    enabled: known !== undefined,
    staleTime: 'static',
    queryFn: async () => (await (known ?? raise(name)).load()).default,
  });
  const isThere = shown.data !== undefined;
  // The text comes after the address, so that the browser could not go to its part by itself.
  useEffect(() => {
    if (isThere && hash !== '') {
      const place = document.getElementById(hash);
      place?.scrollIntoView();
      place?.focus({ preventScroll: true });
    }
  }, [isThere, hash, name]);
  if (known === undefined) {
    return <Empty icon="book" title={say('docs.notThere')} text={say('docs.find.none.text')} />;
  }
  if (shown.isError) {
    return <ErrorCard error={shown.error} onRetry={() => void shown.refetch()} />;
  }
  if (shown.data === undefined) {
    return <Loading rows={12} />;
  }
  const parts = shown.data.blocks.filter((block) => block.kind === 'heading' && block.level === 2);
  return (
    <div className={classes.page}>
      <article className={classes.prose}>
        <PageHeader key={known.name} title={shown.data.title} />
        <Prose blocks={shown.data.blocks} />
      </article>
      {parts.length > 1 && (
        <nav className={classes.parts} aria-label={say('docs.onThisPage')}>
          <h2>{say('docs.onThisPage')}</h2>
          <ul>
            {parts.map((part) =>
              part.kind === 'heading' ? (
                <li key={part.id}>
                  <a href={`#${part.id}`}>{part.inner.map(plainWord).join('')}</a>
                </li>
              ) : null,
            )}
          </ul>
        </nav>
      )}
    </div>
  );
}

function raise(name: string | undefined): never {
  throw new Error(`no guide ${name ?? ''}`);
}
