import { Button, Group, Menu, MultiSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectionCounts } from '../../api/schema';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { STATUSES, tagList, type ConnectionFilter } from '../../api/connections';
import classes from './Connections.module.css';
import { removeView, saveView, views } from './views';

/** What the list is narrowed to. */
export function ConnectionFilters({
  filter,
  counts,
  onChange,
}: {
  filter: ConnectionFilter;
  counts: ConnectionCounts | undefined;
  onChange: (filter: ConnectionFilter) => void;
}) {
  const say = useSay();
  const ws = useWorkspaceId();
  const format = useFormat();
  const tags = useQuery(tagList(ws));
  const [text, setText] = useState(filter.q ?? '');
  const search = useDebouncedCallback((q: string) => onChange(narrowed(filter, 'q', q)), 250);
  const tabs = [undefined, ...STATUSES] as const;
  return (
    <>
      <div className={classes.tabs} role="group" aria-label={say('connections.byStatus')}>
        {tabs.map((status) => {
          const number = status === undefined ? counts?.all : counts?.byStatus[status];
          return (
            <button
              key={status ?? 'all'}
              type="button"
              className={classes.tab}
              aria-pressed={filter.status === status}
              onClick={() => onChange(narrowed(filter, 'status', status))}
            >
              {status === undefined ? say('connections.all') : say(`status.${status}`)}
              <span className={classes.number}>{number === undefined ? '' : format.count(number)}</span>
            </button>
          );
        })}
      </div>
      <Group gap="xs" mb="sm">
        <TextInput
          type="search"
          aria-label={say('connections.search')}
          placeholder={say('connections.search')}
          leftSection={<Icon name="search" />}
          value={text}
          data-search
          w={320}
          onChange={(event) => {
            setText(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
        />
        <MultiSelect
          aria-label={say('connections.tags')}
          placeholder={filter.tags === undefined ? say('connections.tags') : ''}
          data={(tags.data?.data ?? []).map((tag) => ({ value: tag.tagId, label: tag.name }))}
          value={filter.tags ?? []}
          clearable
          searchable
          miw={180}
          onChange={(chosen) => onChange(narrowed(filter, 'tags', chosen))}
        />
        <Views filter={filter} onChange={onChange} />
        {Object.keys(filter).some((name) => name !== 'sort') && (
          <Button
            variant="subtle"
            onClick={() => {
              setText('');
              onChange({});
            }}
          >
            {say('action.clearFilters')}
          </Button>
        )}
      </Group>
    </>
  );
}

/** A filter with another value, or without one that says nothing. */
function narrowed<K extends keyof ConnectionFilter>(
  filter: ConnectionFilter,
  name: K,
  value: ConnectionFilter[K] | undefined,
): ConnectionFilter {
  const others = Object.fromEntries(Object.entries(filter).filter(([each]) => each !== name));
  return value === undefined || value.length === 0 ? others : { ...others, [name]: value };
}

function Views({
  filter,
  onChange,
}: {
  filter: ConnectionFilter;
  onChange: (filter: ConnectionFilter) => void;
}) {
  const say = useSay();
  const [all, setAll] = useState(views);
  const [name, setName] = useState('');
  return (
    <Menu position="bottom-start" closeOnItemClick>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<Icon name="eye" />}
          rightSection={<Icon name="chevronDown" />}
        >
          {say('views.label')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown miw={260}>
        {all.length === 0 && <Menu.Label>{say('views.none')}</Menu.Label>}
        {all.map((view) => (
          <Menu.Item key={view.name} onClick={() => onChange(view.filter)}>
            {view.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') {
              setAll(saveView({ name: name.trim(), filter }));
              setName('');
            }
          }}
        >
          <Group gap={6} p={6} wrap="nowrap">
            <TextInput
              size="xs"
              aria-label={say('views.name')}
              placeholder={say('views.name')}
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button size="xs" type="submit">
              {say('action.save')}
            </Button>
          </Group>
        </form>
        {all.map((view) => (
          <Menu.Item
            key={view.name}
            leftSection={<Icon name="trash" />}
            onClick={() => setAll(removeView(view.name))}
          >
            {say('views.delete', { name: view.name })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
