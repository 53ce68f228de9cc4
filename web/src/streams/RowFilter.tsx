import {
  ActionIcon,
  Button,
  Group,
  Modal,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CatalogEntry } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { fieldsOf } from './catalog';
import { conditionOf, expressionOf, OPERATORS, takesValue, type Condition } from './condition';
import { backToGrid, RowButton } from './RowButton';
import { labelOf } from './streams';

interface Props {
  sourceId: string;
  stream: CatalogEntry;
  value: string | undefined;
  onSet: (expression: string | undefined) => void;
}

/** Which rows of a stream come along. */
export function FilterButton(props: Props) {
  const say = useSay();
  const [isOpen, open] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const label = say('rowFilter.of', { stream: labelOf(props.stream) });
  const close = () => {
    open(false);
    backToGrid(button.current);
  };
  return (
    <>
      <RowButton
        own={button}
        label={label}
        title={props.value ?? label}
        icon="filter"
        isPressed={props.value !== undefined}
        onClick={() => open(true)}
      />
      {isOpen && (
        <Modal opened onClose={close} title={label} size="lg">
          <Filter {...props} onDone={close} />
        </Modal>
      )}
    </>
  );
}

const FIRST = { field: '', operator: '=', value: '' } as const;

function Filter({ sourceId, stream, value, onSet, onDone }: Props & { onDone: () => void }) {
  const say = useSay();
  const { data: fields } = useQuery(fieldsOf(sourceId, stream));
  const known = value === undefined ? undefined : conditionOf(value);
  const [text, setText] = useState(value ?? '');
  const [isText, asText] = useState(value !== undefined && known === undefined);
  const [condition, setCondition] = useState<Condition>(known ?? { join: 'and', comparisons: [FIRST] });
  const types = new Map((fields ?? []).map(([name = '', type = '']) => [name, type]));
  const complete = condition.comparisons.filter(
    (each) => each.field !== '' && (!takesValue(each.operator) || each.value.trim() !== ''),
  );
  const built = expressionOf({ ...condition, comparisons: complete }, types);
  const expression = (isText ? text : built).trim();
  const isReady = isText ? expression !== '' : complete.length === condition.comparisons.length;
  function turn(toText: boolean) {
    if (toText) {
      setText(built);
    } else {
      setCondition(conditionOf(text) ?? condition);
    }
    asText(toText);
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (isReady) {
          onSet(expression);
          onDone();
        }
      }}
    >
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={say('rowFilter.as')}
          value={isText ? 'text' : 'fields'}
          data={[
            {
              value: 'fields',
              label: say('rowFilter.fields'),
              disabled: isText && text.trim() !== '' && conditionOf(text) === undefined,
            },
            { value: 'text', label: say('rowFilter.expression') },
          ]}
          onChange={(chosen) => turn(chosen === 'text')}
        />
        {isText ? (
          <Textarea
            label={say('rowFilter.expression')}
            description={say('mappings.expression.help')}
            autosize
            minRows={2}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          <Comparisons condition={condition} fields={[...types.keys()]} onChange={setCondition} />
        )}
        {!isText && complete.length > 0 && (
          <Text size="sm" ff="monospace" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {built}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {say('rowFilter.text')}
        </Text>
        <Group justify="flex-end">
          {value !== undefined && (
            <Button
              variant="default"
              onClick={() => {
                onSet(undefined);
                onDone();
              }}
            >
              {say('rowFilter.remove')}
            </Button>
          )}
          <Button type="submit" disabled={!isReady}>
            {say('streams.bulk.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Comparisons({
  condition: { join, comparisons },
  fields,
  onChange,
}: {
  condition: Condition;
  fields: string[];
  onChange: (condition: Condition) => void;
}) {
  const say = useSay();
  const set = (at: number, next: Partial<Condition['comparisons'][number]>) =>
    onChange({
      join,
      comparisons: comparisons.map((each, index) => (index === at ? { ...each, ...next } : each)),
    });
  return (
    <>
      {comparisons.map((each, at) => (
        <Group key={at} gap="xs" align="flex-end">
          <Select
            searchable
            flex={1}
            miw={140}
            aria-label={say('rowFilter.field', { number: at + 1 })}
            placeholder={say('rejected.field')}
            value={each.field === '' ? null : each.field}
            data={fields.includes(each.field) || each.field === '' ? fields : [each.field, ...fields]}
            onChange={(field) => set(at, { field: field ?? '' })}
          />
          <Select
            w={130}
            aria-label={say('rowFilter.operator', { number: at + 1 })}
            allowDeselect={false}
            value={each.operator}
            data={OPERATORS.map((operator) => ({ value: operator, label: operator }))}
            onChange={(chosen) =>
              set(at, { operator: OPERATORS.find((operator) => operator === chosen) ?? '=' })
            }
          />
          {takesValue(each.operator) && (
            <TextInput
              flex={1}
              miw={110}
              aria-label={say('rowFilter.value', { number: at + 1 })}
              placeholder={say('rowFilter.value.short')}
              value={each.value}
              onChange={(event) => set(at, { value: event.currentTarget.value })}
            />
          )}
          <ActionIcon
            size={36}
            disabled={comparisons.length === 1}
            aria-label={say('rowFilter.drop', { number: at + 1 })}
            onClick={() => onChange({ join, comparisons: comparisons.filter((_, index) => index !== at) })}
          >
            <Icon name="trash" />
          </ActionIcon>
        </Group>
      ))}
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => onChange({ join, comparisons: [...comparisons, FIRST] })}
        >
          {say('rowFilter.add')}
        </Button>
        {comparisons.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={say('rowFilter.join')}
            value={join}
            data={[
              { value: 'and', label: say('rowFilter.and') },
              { value: 'or', label: say('rowFilter.or') },
            ]}
            onChange={(chosen) => onChange({ join: chosen === 'or' ? 'or' : 'and', comparisons })}
          />
        )}
      </Group>
    </>
  );
}
