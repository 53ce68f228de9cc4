import { ActionIcon, Button, Group, Menu, Paper, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { COMPONENTS, isShown, unknownKeys, type Field } from '../../builder/catalogue';
import { isRecord } from '../../builder/emit';
import { chooseAuthentication } from '../../builder/inputs';
import { missing } from '../../builder/manifest';
import type { Way } from '../../builder/source';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import {
  AddButton,
  ChoiceControl,
  FlagControl,
  idOfWay,
  LongControl,
  NumberControl,
  PairsControl,
  Part,
  PathsControl,
  TemplateControl,
  TextsControl,
  textOf,
  useControl,
  ValueControl,
  type ControlProps,
} from './controls';
import { useDesk } from './desk';
import { SchemaControl } from './SchemaControl';
import { useGo } from './go';
import { fieldWord, typeWord } from './words';
import classes from './Builder.module.css';

/** All fields of a component, or some of them; what it says beside them is said to be in the text only. */
export function Fields({ way, type, only }: { way: Way; type: string; only?: readonly string[] }) {
  const say = useSay();
  const { manifest } = useDesk();
  const [isOpen, open] = useState(false);
  const value = manifest.get(way).value;
  const fields = (COMPONENTS[type] ?? []).filter((field) => only === undefined || only.includes(field.key));
  const isSaid = (field: Field) => manifest.get([...way, field.key]).value !== undefined;
  const often = fields.filter((field) => field.isRare !== true || isSaid(field));
  const rare = fields.filter((field) => !often.includes(field));
  const others = only === undefined && isRecord(value) ? unknownKeys(type, value) : [];
  const draw = (field: Field) => <OneField key={field.key} way={[...way, field.key]} field={field} />;
  return (
    <Stack gap="sm">
      {often.map(draw)}
      <OnlyYaml way={way} keys={others} />
      {rare.length > 0 && (
        <>
          <Button
            variant="subtle"
            size="compact-xs"
            w="fit-content"
            aria-expanded={isOpen}
            leftSection={<Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={14} />}
            onClick={() => open(!isOpen)}
          >
            {say('builder.more', { count: rare.length })}
          </Button>
          {isOpen && rare.map(draw)}
        </>
      )}
    </Stack>
  );
}

/** A field with the control that fits it and what is there. */
export function OneField({ way, field }: ControlProps) {
  const { manifest } = useDesk();
  const place = manifest.get(way);
  if (!isShown(field, place.value, place.type)) {
    return <OnlyYaml way={way.slice(0, -1)} keys={[field.key]} />;
  }
  switch (field.kind) {
    case 'template':
    case 'text':
      return <TemplateControl way={way} field={field} />;
    case 'long':
      return <LongControl way={way} field={field} />;
    case 'integer':
    case 'number':
      return <NumberControl way={way} field={field} />;
    case 'flag':
      return <FlagControl way={way} field={field} />;
    case 'choice':
      return <ChoiceControl way={way} field={field} />;
    case 'texts':
    case 'path':
    case 'codes':
      return <TextsControl way={way} field={field} />;
    case 'paths':
    case 'key':
      return <PathsControl way={way} field={field} />;
    case 'pairs':
      return <PairsControl way={way} field={field} />;
    case 'one':
      return <OneComponent way={way} field={field} />;
    case 'many':
    case 'oneOrMany':
      return <Components way={way} field={field} />;
    case 'named':
      return <NamedComponents way={way} field={field} />;
    case 'parent':
      return <ParentControl way={way} field={field} />;
    case 'schema':
      return <SchemaControl way={way} field={field} />;
    case 'value':
      return <ValueControl way={way} field={field} />;
  }
}

/** Parts that have no form: they are kept, and edited as text. */
export function OnlyYaml({ way, keys }: { way: Way; keys: string[] }) {
  const say = useSay();
  const go = useGo();
  if (keys.length === 0) {
    return null;
  }
  return (
    <div className={classes.only}>
      <Text size="sm">
        {say('builder.onlyYaml', {
          parts: keys.map((key) => fieldWord(say, key)).join(', '),
          count: keys.length,
        })}
      </Text>
      <Button size="compact-xs" variant="default" onClick={() => go.toText([...way, keys[0] ?? ''])}>
        {say('builder.toYaml')}
      </Button>
    </div>
  );
}

/** One component of a type that is chosen. */
function OneComponent({ way, field }: ControlProps) {
  const { common, desk, place, say } = useControl({ way, field });
  const types = field.types ?? [];
  const { required, label, description, error, disabled } = common;
  const isText = field.orText === true && typeof place.value === 'string';
  const [type = ''] = types;
  const chosen = isText ? TEXT : (place.type ?? (place.value === undefined ? NONE : type));
  const choices = [
    ...(required && chosen !== NONE ? [] : [{ value: NONE, label: say('builder.none') }]),
    ...(field.orText === true ? [{ value: TEXT, label: say('builder.asText') }] : []),
    ...types.map((value) => ({ value, label: typeWord(say, value) })),
  ];
  function choose(next: string | null) {
    desk.change(way, (manifest, scope) =>
      next === NONE || next === null
        ? manifest.set(way, undefined, scope)
        : next === TEXT
          ? manifest.set(way, '', scope)
          : field.key === 'authenticator'
            ? chooseAuthentication(manifest, way, next, scope)
            : manifest.choose(way, next, scope),
    );
  }
  // Where a value may stand instead, one can go back to the other.
  const isAlone = types.length === 1 && required && field.orText !== true && chosen !== NONE;
  const link = place.links.find((each) => each.uses > 1);
  return (
    <div className={chosen === NONE || isAlone ? undefined : classes.component}>
      {isAlone ? (
        <Text size="sm" fw={500} id={idOfWay(way)} tabIndex={-1}>
          {label}
        </Text>
      ) : (
        <Select
          // The field of a value has the id where there is one.
          id={isText ? `${idOfWay(way)}:kind` : idOfWay(way)}
          label={label}
          description={description}
          error={error}
          required={required}
          disabled={disabled}
          data={choices}
          value={chosen}
          allowDeselect={false}
          searchable={choices.length > 10}
          onChange={choose}
        />
      )}
      {link !== undefined && chosen !== NONE && (
        <Text size="xs" c="dimmed" mt={4}>
          <Icon name="connections" size={12} />{' '}
          {say('builder.shared', { count: link.uses, name: nameOf(link.pointer) })}
        </Text>
      )}
      {isText && <TemplateControl way={way} field={{ ...field, kind: 'template' }} />}
      {!isText && chosen !== NONE && (COMPONENTS[chosen]?.length ?? 0) > 0 && (
        <div className={isAlone ? classes.component : classes.inner}>
          <Fields way={way} type={chosen} />
        </div>
      )}
    </div>
  );
}

const NONE = '-';
const TEXT = '{}';

export function nameOf(pointer: string): string {
  return pointer.replace(/^#\/(definitions\/)?/, '');
}

/** Several components in their order. */
function Components({ way, field }: ControlProps) {
  const { common, desk, place, say } = useControl({ way, field });
  const isOne = isRecord(place.value) && field.kind === 'oneOrMany';
  const items: Way[] = isOne
    ? [way]
    : Array.isArray(place.value)
      ? place.value.map((_, index) => [...way, index])
      : [];
  const types = field.types ?? [];
  const add = (type: string) =>
    desk.change(way, (manifest, scope) => manifest.add(way, { type, ...missing(type, {}) }, scope));
  const drop = (index: number) =>
    desk.change(way, (manifest, scope) =>
      isOne || (items.length === 1 && field.isRequired !== true)
        ? manifest.set(way, undefined, scope)
        : manifest.drop(way, index, scope),
    );
  const shift = (from: number, to: number) =>
    desk.change(way, (manifest, scope) => manifest.shift(way, from, to, scope));
  return (
    <Part label={common.label} hint={common.description} error={common.error} id={common.id}>
      {items.map((item, index) => (
        <Item
          key={`${item.join('/')} ${items.length}`}
          way={item}
          types={types}
          title={say('builder.item', { number: index + 1 })}
          onUp={index > 0 ? () => shift(index, index - 1) : undefined}
          onDown={index < items.length - 1 ? () => shift(index, index + 1) : undefined}
          onDrop={() => drop(index)}
        />
      ))}
      {types.length === 1 ? (
        <AddButton
          label={say('builder.add', { what: typeWord(say, types[0] ?? '') })}
          onClick={() => add(types[0] ?? '')}
        />
      ) : (
        <AddMenu types={types} label={say('builder.add', { what: common.label })} onAdd={add} />
      )}
    </Part>
  );
}

function Item({
  way,
  types,
  title,
  onUp,
  onDown,
  onDrop,
}: {
  way: Way;
  types: readonly string[];
  title: string;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onDrop: () => void;
}) {
  const say = useSay();
  const desk = useDesk();
  const { type } = desk.manifest.get(way);
  const isKnown = type !== undefined && types.includes(type);
  const name = `${title}: ${typeWord(say, type ?? '')}`;
  const action = (
    icon: 'chevronUp' | 'chevronDown' | 'trash',
    label: string,
    act: (() => void) | undefined,
  ) =>
    act !== undefined && (
      <ActionIcon disabled={desk.isReadOnly} aria-label={`${label}: ${name}`} onClick={act}>
        <Icon name={icon} />
      </ActionIcon>
    );
  return (
    <Paper withBorder p="sm" id={idOfWay(way)} tabIndex={-1}>
      <Group justify="space-between" wrap="nowrap" mb={isKnown ? 'xs' : 0}>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Group gap={4} wrap="nowrap">
          {action('chevronUp', say('builder.up'), onUp)}
          {action('chevronDown', say('builder.down'), onDown)}
          {action('trash', say('builder.remove'), onDrop)}
        </Group>
      </Group>
      {isKnown ? <Fields way={way} type={type} /> : <OnlyYaml way={way} keys={[type ?? 'value']} />}
    </Paper>
  );
}

function AddMenu({
  types,
  label,
  onAdd,
}: {
  types: readonly string[];
  label: string;
  onAdd: (type: string) => void;
}) {
  const say = useSay();
  const desk = useDesk();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          disabled={desk.isReadOnly}
          leftSection={<Icon name="plus" size={14} />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {types.map((type) => (
          <Menu.Item key={type} onClick={() => onAdd(type)}>
            {typeWord(say, type)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Components by name, of which one is taken. */
function NamedComponents({ way, field }: ControlProps) {
  const { common, desk, place, say } = useControl({ way, field });
  const names = isRecord(place.value) ? Object.keys(place.value) : [];
  const free = () => {
    for (let number = names.length + 1; ; number++) {
      if (!names.includes(`option_${number}`)) {
        return `option_${number}`;
      }
    }
  };
  return (
    <Part label={common.label} hint={common.description} error={common.error} id={common.id}>
      {names.map((name) => (
        <Paper key={name} withBorder p="sm">
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" fw={500}>
              {name}
            </Text>
            <ActionIcon
              disabled={desk.isReadOnly}
              aria-label={`${say('builder.remove')}: ${name}`}
              onClick={() => desk.set([...way, name], undefined)}
            >
              <Icon name="trash" />
            </ActionIcon>
          </Group>
          <OneComponent way={[...way, name]} field={{ ...field, key: 'authenticator', kind: 'one' }} />
        </Paper>
      ))}
      <AddButton
        label={say('builder.add', { what: common.label })}
        onClick={() =>
          desk.change([...way, free()], (manifest, scope) =>
            manifest.set([...way, free()], { type: 'NoAuth' }, scope),
          )
        }
      />
    </Part>
  );
}

/** The stream whose records a stream is read for. */
function ParentControl({ way, field }: ControlProps) {
  const { common, desk, place, say } = useControl({ way, field });
  const own = desk.manifest.contentOf(way);
  const streams = desk.manifest.streams().filter((each) => each.kind === 'stream');
  const chosen = streams.find((each) => desk.manifest.contentOf(each.way) === own);
  const others = streams.filter((each) => each.way.join('/') !== way.slice(0, 2).join('/'));
  const name = isRecord(place.value) ? textOf(desk.manifest.get([...way, 'name']).value) : '';
  function choose(path: string | null) {
    const stream = streams.find((each) => each.way.join('/') === path);
    if (stream !== undefined) {
      const link = desk.manifest.get(stream.way).links.at(-1);
      desk.set(way, { $ref: link?.pointer ?? `#/${stream.way.join('/')}` });
    }
  }
  return (
    <Select
      {...common}
      description={
        chosen === undefined && name !== '' ? say('builder.parent.own', { name }) : common.description
      }
      data={others.map((each) => ({ value: each.way.join('/'), label: each.name }))}
      value={chosen?.way.join('/') ?? null}
      placeholder={say('builder.parent.choose')}
      allowDeselect={false}
      onChange={choose}
    />
  );
}
