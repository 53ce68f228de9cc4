import { Group, Switch, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { isRecord } from '../../builder/emit';
import { Part, useControl, useDraft, type ControlProps } from './controls';
import classes from './Builder.module.css';

/** The schema of a stream: its fields as a list, or the whole as JSON. */
export function SchemaControl(props: ControlProps) {
  const { common, desk, place, say } = useControl(props);
  const [isText, show] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const schema = isRecord(place.value) ? place.value : {};
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  const { text, type, commit } = useDraft(JSON.stringify(schema, null, 2), (next) => {
    try {
      const value: unknown = JSON.parse(next);
      setWrong(isRecord(value) ? undefined : say('builder.schema.object'));
      if (isRecord(value)) {
        desk.set(props.way, value);
      }
    } catch (failure) {
      setWrong(failure instanceof Error ? failure.message : String(failure));
    }
  });
  return (
    <Part
      label={common.label}
      hint={common.description}
      error={common.error}
      id={common.id}
      side={
        <Switch
          size="xs"
          label={say('builder.schema.json')}
          checked={isText}
          onChange={(event) => show(event.currentTarget.checked)}
        />
      }
    >
      {isText ? (
        <Textarea
          aria-label={say('builder.schema.json')}
          autosize
          minRows={6}
          maxRows={30}
          spellCheck={false}
          disabled={desk.isReadOnly}
          value={text}
          error={wrong}
          classNames={{ input: classes.mono ?? '' }}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={commit}
        />
      ) : properties.length === 0 ? (
        <Text size="sm" c="dimmed">
          {say('builder.schema.none')}
        </Text>
      ) : (
        <ul className={classes.schema}>
          {properties.map(([name, each]) => (
            <li key={name}>
              <Group gap="xs" wrap="nowrap">
                <code>{name}</code>
                <Text size="xs" c="dimmed">
                  {typesOf(each)}
                </Text>
              </Group>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

/** The types of a property, with what says more of them. */
export function typesOf(schema: unknown): string {
  if (!isRecord(schema)) {
    return '';
  }
  const types = Array.isArray(schema.type) ? schema.type.map(String) : [schema.type ?? 'any'].map(String);
  const more = [schema.format, schema.airbyte_type].filter((each) => typeof each === 'string');
  return [types.filter((each) => each !== 'null').join(' | '), ...more].join(' · ');
}
