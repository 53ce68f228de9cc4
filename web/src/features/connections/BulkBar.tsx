import { Button, List, Menu, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../app/may';
import { useWorkspaceId } from '../../app/workspace';
import { asProblem } from '../../api/problem';
import { useSay } from '../../i18n/i18n';
import { ConfirmByName } from '../../ui/ConfirmByName';
import { Icon } from '../../ui/icons';
import { doToEach, type Deed, type Outcome } from './bulk';
import classes from './Connections.module.css';
import { connectionPage, tagList, type ConnectionFilter } from '../../api/connections';

/** So many are chosen at once at most: more, and nobody knows what they do. */
const MOST = 1_000;
const AT_ONCE = 100;

/** What can be done to the chosen connections. */
export function BulkBar({
  chosen,
  filter,
  count,
  onChoose,
}: {
  chosen: ReadonlySet<string>;
  filter: ConnectionFilter;
  count: number;
  onChoose: (ids: ReadonlySet<string>) => void;
}) {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const queries = useQueryClient();
  const tags = useQuery(tagList(ws));
  const [isDeleting, setDeleting] = useState(false);
  const [refused, setRefused] = useState<Outcome[]>([]);
  const doing = useMutation({
    mutationFn: (deed: Deed) => doToEach(ws, [...chosen], deed),
    onSuccess: (outcomes) => {
      const failed = outcomes.filter((outcome) => !outcome.done);
      const done = outcomes.length - failed.length;
      if (done > 0) {
        notifications.show({ message: say('bulk.done', { count: done }), color: 'green' });
      }
      setRefused(failed);
      setDeleting(false);
      onChoose(new Set(failed.map((outcome) => outcome.connectionId)));
    },
    onError: (failure) => notifications.show({ message: asProblem(failure).message, color: 'red' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['connections', ws] }),
  });
  const choosingAll = useMutation({
    mutationFn: async () => {
      const ids: string[] = [];
      for (let offset = 0; offset < Math.min(count, MOST); offset += AT_ONCE) {
        const page = await connectionPage(ws, filter, { offset, limit: AT_ONCE });
        ids.push(...page.map((each) => each.connectionId));
      }
      return ids.slice(0, MOST);
    },
    onSuccess: (ids) => onChoose(new Set(ids)),
  });
  const button = (change: 'sync' | 'pause' | 'resume', icon: 'refresh' | 'pause' | 'play') => (
    <Button
      size="xs"
      variant="default"
      leftSection={<Icon name={icon} />}
      disabled={!may(change === 'sync' ? 'run' : 'edit')}
      loading={doing.isPending && doing.variables.change === change}
      onClick={() => doing.mutate({ change })}
    >
      {say(`bulk.${change}`)}
    </Button>
  );
  return (
    <div className={classes.bulk} role="region" aria-label={say('bulk.label')}>
      <Text fw={600} aria-live="polite">
        {say('bulk.chosen', { count: chosen.size })}
      </Text>
      {chosen.size < Math.min(count, MOST) && (
        <Button
          size="xs"
          variant="subtle"
          loading={choosingAll.isPending}
          onClick={() => choosingAll.mutate()}
        >
          {say('bulk.all', { count: Math.min(count, MOST) })}
        </Button>
      )}
      {button('sync', 'refresh')}
      {button('pause', 'pause')}
      {button('resume', 'play')}
      <Menu>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            disabled={!may('edit')}
            rightSection={<Icon name="chevronDown" />}
          >
            {say('bulk.tags')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          {(tags.data?.data ?? []).length === 0 && <Menu.Label>{say('bulk.noTags')}</Menu.Label>}
          {(['tag', 'untag'] as const).map((change) =>
            (tags.data?.data ?? []).map((tag) => (
              <Menu.Item key={change + tag.tagId} onClick={() => doing.mutate({ change, tagId: tag.tagId })}>
                {say(`bulk.${change}`, { name: tag.name })}
              </Menu.Item>
            )),
          )}
        </Menu.Dropdown>
      </Menu>
      <Button
        size="xs"
        variant="default"
        c="var(--sl-error)"
        leftSection={<Icon name="trash" />}
        disabled={!may('edit')}
        onClick={() => setDeleting(true)}
      >
        {say('action.delete')}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => onChoose(new Set())} ml="auto">
        {say('bulk.none')}
      </Button>
      <ConfirmByName
        isOpen={isDeleting}
        title={say('bulk.delete.title', { count: chosen.size })}
        text={say('bulk.delete.text')}
        word={say('bulk.delete.word')}
        action={say('action.delete')}
        isBusy={doing.isPending}
        onConfirm={() => doing.mutate({ change: 'delete' })}
        onClose={() => setDeleting(false)}
      />
      <Modal
        opened={refused.length > 0}
        onClose={() => setRefused([])}
        title={say('bulk.refused', { count: refused.length })}
      >
        <Text mb="xs">{say('bulk.refused.text')}</Text>
        <List size="sm">
          {[...new Set(refused.map((outcome) => outcome.message ?? ''))].map((message) => (
            <List.Item key={message}>{message}</List.Item>
          ))}
        </List>
      </Modal>
    </div>
  );
}
