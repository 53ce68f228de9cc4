import {
  ActionIcon,
  Autocomplete,
  Badge,
  Group,
  NativeSelect,
  Select,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import type { CatalogEntry, ObjectOperation } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import {
  isConverted,
  KINDS,
  rowIssue,
  typed,
  type Mapping,
  type Offered,
  type Row,
  type Value,
} from './mapping';
import classes from './Mapping.module.css';

/** One field: what comes into it on the left, the field of the object on the right. */
export function FieldLine({
  row,
  mapping,
  operation,
  fields,
  stream,
  isLocked,
  onChange,
  onRemove,
}: {
  row: Row;
  mapping: Mapping;
  operation: ObjectOperation | undefined;
  fields: Offered[];
  stream: CatalogEntry | undefined;
  isLocked: boolean;
  onChange: (row: Row) => void;
  onRemove: () => void;
}) {
  const say = useSay();
  const own = fields.find(({ field }) => field.name === row.to);
  const name = row.to === '' ? say('mapping.from.none') : row.to;
  const issue = rowIssue(row, mapping, operation);
  const reason = say(mapping.matching.includes(row.to) ? 'mapping.locked.key' : 'mapping.locked.required');
  // What is merely not chosen yet is told where it stands; what is wrong is told in red.
  const isWrong = issue === 'twice' || issue === 'unwritable';
  return (
    <li className={classes.row} data-field={row.to}>
      <NativeSelect
        aria-label={say('mapping.kind.of', { field: name })}
        value={row.value.kind}
        data={KINDS.map((kind) => ({ value: kind, label: say(`mapping.kind.${kind}`) }))}
        onChange={(event) => onChange({ ...row, value: emptyOf(event.currentTarget.value) })}
      />
      <ValueField row={row} name={name} stream={stream} type={own?.field.type} onChange={onChange} />
      <Icon name="arrowRight" />
      {isLocked ? (
        <Tooltip label={reason}>
          <TextInput
            aria-label={`${say('mapping.to')} ${row.to}`}
            description={reason}
            classNames={{ description: classes.hidden ?? '' }}
            readOnly
            value={own === undefined ? row.to : labelOf(own)}
            leftSection={<Icon name="lock" size={14} />}
          />
        </Tooltip>
      ) : operation?.additionalFields === true ? (
        <Autocomplete
          aria-label={say('mapping.to')}
          placeholder={say('mapping.to.own')}
          value={row.to}
          data={fields.map(({ field }) => field.name)}
          onChange={(to) => onChange({ ...row, to })}
        />
      ) : (
        <DestinationField row={row} mapping={mapping} fields={fields} onChange={onChange} />
      )}
      <NativeSelect
        aria-label={say('mapping.nulls.of', { field: name })}
        value={row.keepsNulls ? 'keep' : 'clear'}
        data={(['clear', 'keep'] as const).map((each) => ({
          value: each,
          label: say(`mapping.nulls.${each}`),
        }))}
        onChange={(event) => onChange({ ...row, keepsNulls: event.currentTarget.value === 'keep' })}
      />
      <ActionIcon
        aria-label={say('mapping.row.remove', { field: name })}
        disabled={isLocked}
        onClick={onRemove}
      >
        <Icon name="trash" />
      </ActionIcon>
      <Group gap="xs" className={classes.notes}>
        {isLocked && own?.field.required === true && (
          <Badge size="sm" variant="light" color="gray">
            {say('mapping.required')}
          </Badge>
        )}
        {mapping.matching.includes(row.to) && (
          <Badge size="sm" variant="light" color="gray" leftSection={<Icon name="key" size={11} />}>
            {say('mapping.key')}
          </Badge>
        )}
        <Types row={row} own={own} stream={stream} />
        {own !== undefined && own.field.allowed.length > 0 && (
          <Text size="xs" c="dimmed">
            {say('mapping.allowed', { values: own.field.allowed.slice(0, 8).join(', ') })}
          </Text>
        )}
        {issue !== undefined && (
          <Text size="xs" c={isWrong ? 'var(--sl-error)' : 'dimmed'}>
            {say(`mapping.issue.${issue}`, {
              method: mapping.method === undefined ? '' : say(`mapping.method.${mapping.method}`),
            })}
          </Text>
        )}
      </Group>
    </li>
  );
}

function emptyOf(kind: string): Value {
  return kind === 'constant'
    ? { kind, constant: '' }
    : kind === 'expression'
      ? { kind, expression: '' }
      : { kind: 'field', field: '' };
}

function labelOf({ field }: Offered): string {
  return field.label === field.name ? field.name : `${field.label} (${field.name})`;
}

function ValueField({
  row,
  name,
  stream,
  type,
  onChange,
}: {
  row: Row;
  name: string;
  stream: CatalogEntry | undefined;
  type: string | undefined;
  onChange: (row: Row) => void;
}) {
  const say = useSay();
  const label = say('mapping.from.of', { field: name });
  switch (row.value.kind) {
    case 'field':
      return (
        <Select
          aria-label={label}
          placeholder={say('mapping.from.choose')}
          searchable
          allowDeselect={false}
          value={row.value.field === '' ? null : row.value.field}
          data={(stream?.fields ?? []).map(([each = '']) => each)}
          renderOption={({ option }) => (
            <Group justify="space-between" w="100%" wrap="nowrap">
              <span>{option.value}</span>
              <Text span size="xs" c="dimmed">
                {(stream?.fields ?? []).find(([each]) => each === option.value)?.[1]}
              </Text>
            </Group>
          )}
          onChange={(field) => field !== null && onChange({ ...row, value: { kind: 'field', field } })}
        />
      );
    case 'constant':
      return (
        <TextInput
          aria-label={label}
          value={String(row.value.constant)}
          onChange={(event) =>
            onChange({
              ...row,
              value: { kind: 'constant', constant: typed(event.currentTarget.value, type) },
            })
          }
        />
      );
    case 'expression':
      return (
        <TextInput
          aria-label={label}
          ff="monospace"
          value={row.value.expression}
          onChange={(event) =>
            onChange({ ...row, value: { kind: 'expression', expression: event.currentTarget.value } })
          }
        />
      );
  }
}

function DestinationField({
  row,
  mapping,
  fields,
  onChange,
}: {
  row: Row;
  mapping: Mapping;
  fields: Offered[];
  onChange: (row: Row) => void;
}) {
  const say = useSay();
  const used = new Set(mapping.rows.filter((each) => each.id !== row.id).map((each) => each.to));
  // A field that the method does not write stays to be seen.
  const isKnown = row.to === '' || fields.some(({ field }) => field.name === row.to);
  return (
    <Select
      aria-label={say('mapping.to')}
      placeholder={say('mapping.to.choose')}
      searchable
      allowDeselect={false}
      value={row.to === '' ? null : row.to}
      data={[
        ...fields.map((each) => ({
          value: each.field.name,
          label: labelOf(each),
          disabled: used.has(each.field.name),
        })),
        ...(isKnown ? [] : [{ value: row.to, label: row.to }]),
      ]}
      renderOption={({ option }) => {
        const own = fields.find(({ field }) => field.name === option.value);
        return (
          <Group justify="space-between" w="100%" wrap="nowrap" gap="xs">
            <span>
              {option.label}
              {own?.field.required === true && ` ✱`}
            </span>
            <Text span size="xs" c="dimmed">
              {[
                own?.field.type,
                ...(mapping.method === undefined
                  ? (own?.methods ?? []).map((each) => say(`mapping.method.${each}`))
                  : []),
                ...(option.disabled === true ? [say('mapping.used')] : []),
              ].join(' · ')}
            </Text>
          </Group>
        );
      }}
      onChange={(to) => to !== null && onChange({ ...row, to })}
    />
  );
}

/** Whether the value is passed on as it is, or becomes one of another type. */
function Types({
  row,
  own,
  stream,
}: {
  row: Row;
  own: Offered | undefined;
  stream: CatalogEntry | undefined;
}) {
  const say = useSay();
  if (own === undefined) {
    return null;
  }
  const to = own.field.type;
  const { value } = row;
  const from =
    value.kind === 'field' ? (stream?.fields ?? []).find(([name]) => name === value.field)?.[1] : undefined;
  return (
    <Text size="xs" c="dimmed">
      {from !== undefined && isConverted(from, to)
        ? `~ ${say('mapping.types', { from, to })}`
        : `${from === undefined ? '' : '✓ '}${to}`}
    </Text>
  );
}
