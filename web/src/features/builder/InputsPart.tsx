import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Paper,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMemo, useState } from 'react';
import { isRecord } from '../../builder/emit';
import {
  addInput,
  inputsOf,
  orderInputs,
  removeInput,
  renameInput,
  require,
  setInput,
  usesOfInput,
  type Input,
} from '../../builder/inputs';
import type { Schema } from '../../forms/schema';
import { SpecForm, useSpecForm } from '../../forms/SpecForm';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { idOfWay, textOf, useDraft } from './controls';
import { useDesk } from './desk';
import { OneField, OnlyYaml } from './Fields';
import type { Project } from './server';
import classes from './Builder.module.css';

const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'date', 'date-time', 'enum'] as const;
type Kind = (typeof TYPES)[number];
const PROPERTIES = ['spec', 'connection_specification', 'properties'];

/** What users of the connector are asked for, with the form as they will see it. */
export function InputsPart({ project }: { project: Project }) {
  const say = useSay();
  const desk = useDesk();
  const inputs = inputsOf(desk.manifest);
  const spec = desk.manifest.get(['spec']).value;
  const form = desk.manifest.get(['spec', 'connection_specification']).value;
  const others = isRecord(spec)
    ? Object.keys(spec).filter(
        (key) => !['type', 'connection_specification', 'documentation_url'].includes(key),
      )
    : [];
  const free = () => {
    for (let number = 1; ; number++) {
      const id = number === 1 ? 'new_input' : `new_input_${number}`;
      if (!inputs.some((each) => each.id === id)) {
        return id;
      }
    }
  };
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {say('builder.inputs')}
      </Title>
      <Text size="sm" c="dimmed">
        {say('builder.inputs.text')}
      </Text>
      {inputs.map((input, index) => (
        <InputCard
          key={input.id}
          input={input}
          index={index}
          ids={inputs.map(({ id }) => id)}
          isFixed={project.definitionId !== undefined}
        />
      ))}
      <Button
        variant="default"
        w="fit-content"
        leftSection={<Icon name="plus" />}
        disabled={desk.isReadOnly}
        onClick={() =>
          desk.edit(
            addInput(desk.manifest, { id: free(), schema: { type: 'string', title: '' }, isRequired: false }),
          )
        }
      >
        {say('builder.input.add')}
      </Button>
      <OneField way={['spec', 'documentation_url']} field={{ key: 'documentation_url', kind: 'text' }} />
      <OnlyYaml way={['spec']} keys={others} />
      {inputs.length > 0 && (
        <Paper withBorder p="md">
          <Title order={3} size="h4" mb="sm">
            {say('builder.inputs.preview')}
          </Title>
          <Preview key={JSON.stringify(form)} spec={form as Schema} />
        </Paper>
      )}
    </Stack>
  );
}

/** The form as it will be, made by what makes it later. */
function Preview({ spec }: { spec: Schema }) {
  const own = useMemo(() => spec, [spec]);
  const store = useSpecForm(own);
  return <SpecForm spec={own} store={store} />;
}

function kindOf(schema: Record<string, unknown>): Kind | undefined {
  const type = textOf(schema.type);
  if (Array.isArray(schema.enum)) {
    return 'enum';
  }
  const format = textOf(schema.format);
  if (type === 'string' && (format === 'date' || format === 'date-time')) {
    return format;
  }
  return schema.oneOf !== undefined || type === 'object' ? undefined : TYPES.find((each) => each === type);
}

function withKind(schema: Record<string, unknown>, kind: Kind): Record<string, unknown> {
  const rest = Object.fromEntries(
    Object.entries(schema).filter(
      ([key]) => !['type', 'enum', 'format', 'items', 'pattern', 'default'].includes(key),
    ),
  );
  switch (kind) {
    case 'enum':
      return { type: 'string', ...rest, enum: [] };
    case 'array':
      return { type: 'array', ...rest, items: { type: 'string' } };
    case 'date':
      return { type: 'string', ...rest, format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' };
    case 'date-time':
      return {
        type: 'string',
        ...rest,
        format: 'date-time',
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
      };
    default:
      return { type: kind, ...rest };
  }
}

function InputCard({
  input,
  index,
  ids,
  isFixed,
}: {
  input: Input;
  index: number;
  ids: string[];
  isFixed: boolean;
}) {
  const say = useSay();
  const desk = useDesk();
  const { id, schema, isRequired } = input;
  const uses = usesOfInput(desk.manifest, id);
  const [isSure, ask] = useState(false);
  const kind = kindOf(schema);
  const set = (key: string, value: unknown) => desk.edit(setInput(desk.manifest, id, key, value));
  const title = useDraft(textOf(schema.title), (text) => set('title', text));
  const name = useDraft(id, (text) => {
    const next = text.trim().replaceAll(/[^\w.-]/g, '_');
    if (next !== '' && next !== id && !ids.includes(next)) {
      desk.edit(renameInput(desk.manifest, id, next));
    }
  });
  const description = useDraft(textOf(schema.description), (text) => set('description', text || undefined));
  const start = useDraft(textOf(schema.default), (text) =>
    set(
      'default',
      text === ''
        ? undefined
        : kind === 'integer' || kind === 'number'
          ? Number(text)
          : kind === 'boolean'
            ? text === 'true'
            : text,
    ),
  );
  const pattern = useDraft(textOf(schema.pattern), (text) => set('pattern', text || undefined));
  const move = (to: number) => {
    const next = [...ids];
    next.splice(to, 0, ...next.splice(index, 1));
    desk.edit(orderInputs(desk.manifest, next));
  };
  const bound = (draft: ReturnType<typeof useDraft>) => ({
    value: draft.text,
    disabled: desk.isReadOnly,
    onChange: (event: { currentTarget: { value: string } }) => draft.type(event.currentTarget.value),
    onBlur: draft.commit,
  });
  const flag = (key: string, label: string) => (
    <Checkbox
      label={label}
      disabled={desk.isReadOnly}
      checked={schema[key] === true}
      onChange={(event) => set(key, event.currentTarget.checked ? true : undefined)}
    />
  );
  return (
    <Paper
      withBorder
      p="sm"
      role="group"
      aria-label={textOf(schema.title) || id}
      id={idOfWay([...PROPERTIES, id])}
      tabIndex={-1}
    >
      <Stack gap="xs">
        <div className={classes.pair}>
          <TextInput label={say('builder.input.title')} {...bound(title)} />
          <TextInput
            label={say('builder.input.id')}
            description={say('builder.input.uses', { count: uses.length })}
            {...bound(name)}
            disabled={desk.isReadOnly || isFixed}
            classNames={{ input: classes.mono ?? '' }}
          />
        </div>
        {kind === undefined ? (
          <OnlyYaml way={[...PROPERTIES, id]} keys={[schema.oneOf === undefined ? 'type' : 'oneOf']} />
        ) : (
          <Select
            label={say('builder.input.type')}
            allowDeselect={false}
            disabled={desk.isReadOnly}
            value={kind}
            data={TYPES.map((value) => ({ value, label: say(`builder.input.type.${value}`) }))}
            onChange={(value) =>
              desk.edit(
                desk.manifest.set(
                  [...PROPERTIES, id],
                  withKind(schema, TYPES.find((each) => each === value) ?? 'string'),
                ),
              )
            }
          />
        )}
        {kind === 'enum' && (
          <TagsInput
            label={say('builder.input.enum')}
            disabled={desk.isReadOnly}
            value={(schema.enum as unknown[]).map(String)}
            acceptValueOnBlur
            onChange={(values) => set('enum', values)}
          />
        )}
        <TextInput label={say('builder.input.description')} {...bound(description)} />
        <div className={classes.pair}>
          <TextInput label={say('builder.input.default')} {...bound(start)} />
          {kind === 'string' && <TextInput label={say('builder.input.pattern')} {...bound(pattern)} />}
        </div>
        <Group gap="md">
          <Checkbox
            label={say('builder.input.required')}
            disabled={desk.isReadOnly}
            checked={isRequired}
            onChange={(event) => desk.edit(require(desk.manifest, id, event.currentTarget.checked))}
          />
          {flag('airbyte_secret', say('builder.input.secret'))}
          {flag('airbyte_hidden', say('builder.input.hidden'))}
          {kind === 'string' && flag('multiline', say('builder.input.multiline'))}
        </Group>
        <Group gap={4} justify="flex-end">
          {index > 0 && (
            <ActionIcon
              disabled={desk.isReadOnly}
              aria-label={`${say('builder.up')}: ${id}`}
              onClick={() => move(index - 1)}
            >
              <Icon name="chevronUp" />
            </ActionIcon>
          )}
          {index < ids.length - 1 && (
            <ActionIcon
              disabled={desk.isReadOnly}
              aria-label={`${say('builder.down')}: ${id}`}
              onClick={() => move(index + 1)}
            >
              <Icon name="chevronDown" />
            </ActionIcon>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            disabled={desk.isReadOnly}
            onClick={() =>
              uses.length > 0 && !isSure ? ask(true) : desk.edit(removeInput(desk.manifest, id))
            }
          >
            {say(isSure ? 'builder.input.removeUsed' : 'builder.remove')}
          </Button>
        </Group>
        {isSure && (
          <Text size="xs" c="dimmed" className={classes.long}>
            {uses.map((way) => way.join('/')).join(', ')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
