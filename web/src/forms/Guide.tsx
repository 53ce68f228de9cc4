import { Text, Title } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useSay } from '../i18n/i18n';
import classes from './forms.module.css';
import { examplesOf, Marked } from './Label';
import { plan, type Field } from './plan';
import type { Schema } from './schema';
import { idOf } from './store';

/** What the connector says about each of its options. The one that is being filled in is marked, and in sight. */
export function Guide({ spec, form }: { spec: Schema; form: RefObject<HTMLElement | null> }) {
  const say = useSay();
  const fields = useMemo(
    () => plan(spec).flatMap((section) => [...section.required, ...section.optional]),
    [spec],
  );
  const [current, setCurrent] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = form.current;
    const seen = (event: FocusEvent) => {
      const id = event.target instanceof Element ? event.target.closest('[id^="field:"]')?.id : undefined;
      if (id !== undefined) {
        setCurrent(id);
      }
    };
    box?.addEventListener('focusin', seen);
    return () => box?.removeEventListener('focusin', seen);
  }, [form]);
  useEffect(() => {
    const entry = list.current?.querySelector<HTMLElement>('[data-current]');
    if (entry != null && list.current !== null) {
      // Only the panel moves, and not the page under who is typing.
      list.current.scrollTop = entry.offsetTop - list.current.offsetTop - 8;
    }
  }, [current]);
  if (fields.length === 0) {
    return null;
  }
  return (
    <section aria-label={say('guide.title')}>
      <Title order={3} size="h4" mb={6}>
        {say('guide.title')}
      </Title>
      <div ref={list} className={classes.guide} tabIndex={0} role="group" aria-label={say('guide.title')}>
        {fields.map((field) => (
          <Entry key={field.key} field={field} path={[field.key]} current={current} />
        ))}
      </div>
    </section>
  );
}

/** The entry for a field, with those of what is inside of it: each stands for all that has no entry of its own below. */
function Entry({ field, path, current }: { field: Field; path: string[]; current: string | undefined }) {
  const say = useSay();
  const { description, default: usual } = field.schema;
  const examples = examplesOf(field);
  // What several choices share stands here once.
  const inner = [...field.fields, ...field.options.flatMap((option) => option.fields)].filter(
    (each, at, all) =>
      each.control !== 'const' &&
      each.control !== 'hidden' &&
      all.findIndex((other) => other.key === each.key) === at,
  );
  const isIn = (one: string[]) => current === idOf(one) || current?.startsWith(`${idOf(one)}/`) === true;
  const isCurrent = isIn(path) && !inner.some((each) => isIn([...path, each.key]));
  return (
    <div className={classes.entry} data-current={isCurrent || undefined} data-option={path.join('.')}>
      <Text size="sm" fw={600}>
        {field.title}{' '}
        <Text span size="xs" c="dimmed">
          {say(field.isRequired ? 'guide.required' : 'guide.optional')}
        </Text>
      </Text>
      {description !== undefined && (
        <Text size="sm">
          <Marked text={description} />
        </Text>
      )}
      {field.options.some((option) => option.description !== undefined) && (
        <ul className={classes.choices}>
          {field.options
            .filter((option) => !option.isHidden)
            .map((option) => (
              <li key={option.title}>
                <strong>{option.title}</strong>
                {option.description !== undefined && (
                  <>
                    {': '}
                    <Marked text={option.description} />
                  </>
                )}
              </li>
            ))}
        </ul>
      )}
      {(typeof usual === 'number' ||
        typeof usual === 'boolean' ||
        (typeof usual === 'string' && usual !== '')) && (
        <Text size="xs" c="dimmed">
          {say('form.default', { value: String(usual) })}
        </Text>
      )}
      {examples.length > 0 && (
        <Text size="xs" c="dimmed">
          {say('form.example', {
            examples: examples
              .map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
              .join(', '),
          })}
        </Text>
      )}
      {inner.length > 0 && (
        <div className={classes.inner}>
          {inner.map((each) => (
            <Entry key={each.key} field={each} path={[...path, each.key]} current={current} />
          ))}
        </div>
      )}
    </div>
  );
}
