import { useSay } from '../../i18n/i18n';
import { GoLink } from '../../ui/GoLink';
import { PageHeader } from '../../ui/PageHeader';
import { grouped } from './DocsFrame';
import classes from './Docs.module.css';

/** All guides at a glance. */
export function DocsStart() {
  const say = useSay();
  return (
    <>
      <PageHeader title={say('page.docs')} />
      <p>{say('docs.start')}</p>
      <div className={classes.cards}>
        {grouped().map(([group, guides]) => (
          <section
            key={group}
            className={`sl-card ${classes.card ?? ''}`}
            aria-label={say(`docs.group.${group}`)}
          >
            <h2>{say(`docs.group.${group}`)}</h2>
            <ul>
              {guides.map((guide) => (
                <li key={guide.name}>
                  <GoLink to="/w/$ws/docs/$guide" params={{ guide: guide.name }}>
                    {guide.title}
                  </GoLink>
                </li>
              ))}
              {group === 'operation' && (
                <li>
                  <a href="/openapi.json" target="_blank" rel="noreferrer">
                    {say('docs.api')}
                  </a>
                </li>
              )}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
