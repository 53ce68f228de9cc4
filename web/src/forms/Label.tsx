import { ActionIcon, Anchor, Badge, Button, Group, Popover, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import classes from './forms.module.css';
import type { Field } from './plan';

/** What a field is called; whether it is needed; and, for those who ask, all that its connector says about it. */
export function Label({
  field,
  htmlFor,
  onExample,
}: {
  field: Field;
  htmlFor?: string;
  onExample?: (example: unknown) => void;
}) {
  const say = useSay();
  const examples = examplesOf(field);
  const [first, rest] = parts(field.schema.description ?? '');
  const hasMore = rest !== '' || examples.length > 0 || field.schema.pattern !== undefined;
  return (
    <div>
      <Group gap={4} wrap="nowrap">
        <Text
          component={htmlFor === undefined ? 'span' : 'label'}
          {...(htmlFor === undefined ? {} : { htmlFor })}
          fw={600}
          size="sm"
        >
          {field.title}
          {field.isRequired && (
            <span className={classes.star} aria-hidden="true">
              {' *'}
            </span>
          )}
        </Text>
        {field.schema.deprecated === true && (
          <Badge size="xs" color="yellow">
            {say('form.deprecated')}
          </Badge>
        )}
        {hasMore && (
          <Popover width={360} withArrow shadow="md" trapFocus={false}>
            <Popover.Target>
              <ActionIcon size={22} aria-label={say('form.more', { field: field.title })}>
                <Icon name="info" size={14} />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown>
              <Stack gap="xs">
                <Text size="sm">
                  <Marked text={field.schema.description ?? field.title} />
                </Text>
                {examples.length > 0 && (
                  <Text size="sm" c="dimmed">
                    {say('form.example', { examples: examples.map(plainly).join(', ') })}
                  </Text>
                )}
                {field.schema.pattern !== undefined && (
                  <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                    {field.schema.pattern}
                  </Text>
                )}
                {onExample && examples[0] !== undefined && (
                  <Button size="xs" variant="default" onClick={() => onExample(examples[0])}>
                    {say('form.useExample', { example: plainly(examples[0]) })}
                  </Button>
                )}
              </Stack>
            </Popover.Dropdown>
          </Popover>
        )}
      </Group>
      {first !== '' && (
        <Text size="xs" c="dimmed" id={htmlFor === undefined ? undefined : `${htmlFor}-about`}>
          <Marked text={first} />
        </Text>
      )}
    </div>
  );
}

export function examplesOf(field: Field): unknown[] {
  const { examples } = field.schema;
  return examples === undefined ? [] : Array.isArray(examples) ? (examples as unknown[]) : [examples];
}

function plainly(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The first sentence, and the rest. */
export function parts(description: string): [string, string] {
  const plain = description.replaceAll(/<br\s*\/?>/gi, ' ').trim();
  const end = /[.!?](\s|$)(?![^[]*\])/.exec(plain);
  return end === null ? [plain, ''] : [plain.slice(0, end.index + 1), plain.slice(end.index + 1).trim()];
}

const MARKS =
  /\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)|<a [^>]*href="(https?:\/\/[^"]+)"[^>]*>([^<]*)<\/a>|`([^`]+)`|\*\*([^*]+)\*\*/g;

/** A little of Markdown, as descriptions use it. Whatever else they hold is text and nothing more. */
export function Marked({ text }: { text: string }) {
  const shown: ReactNode[] = [];
  let last = 0;
  for (const found of text.matchAll(MARKS)) {
    const [whole, label, link, oldLink, oldLabel, code, bold] = found;
    shown.push(plain(text.slice(last, found.index)));
    last = found.index + whole.length;
    const to = link ?? oldLink;
    if (to !== undefined) {
      shown.push(
        <Anchor key={last} href={to} target="_blank" rel="noreferrer noopener" inherit>
          {label ?? oldLabel}
        </Anchor>,
      );
    } else if (code !== undefined) {
      shown.push(<code key={last}>{code}</code>);
    } else {
      shown.push(<strong key={last}>{bold}</strong>);
    }
  }
  shown.push(plain(text.slice(last)));
  return <>{shown}</>;
}

function plain(text: string): string {
  return text.replaceAll(/<\/?[a-z][^>]*>/gi, ' ');
}
