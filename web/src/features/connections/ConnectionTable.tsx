import { Checkbox, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ListedConnection } from '../../api/schema';
import { useLive, type LiveJob } from '../../api/live';
import { useMay } from '../../app/may';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { Icon } from '../../ui/icons';
import { ErrorCard } from '../../ui/states';
import { StatusChip } from '../../ui/StatusChip';
import { useWindow } from '../../ui/useWindow';
import { When } from '../../ui/When';
import { doToEach } from './bulk';
import classes from './Connections.module.css';
import { connectionPage, type ConnectionFilter, type ListOrder } from '../../api/connections';
import { scheduleWords } from './scheduleWords';

const HEIGHT = 44;
const COLUMNS = 9;

/** The lines of the list; of thousands only those in sight are drawn and kept up to date. */
export function ConnectionTable({
  filter,
  count,
  chosen,
  onChoose,
  onSort,
}: {
  filter: ConnectionFilter;
  count: number;
  chosen: ReadonlySet<string>;
  onChoose: (ids: ReadonlySet<string>) => void;
  onSort: (sort: ListOrder) => void;
}) {
  const say = useSay();
  const ws = useWorkspaceId();
  const { running } = useLive();
  const { hold, items, above, below, row, known, error, retry } = useWindow({
    count,
    height: HEIGHT,
    queryKey: ['connections', ws, 'list', filter],
    fetch: (page, signal) => connectionPage(ws, filter, page, signal),
  });
  const ids = known.map((each) => each.connectionId);
  const isAll = ids.length > 0 && ids.every((id) => chosen.has(id));
  function toggle(id: string) {
    const next = new Set(chosen);
    if (!next.delete(id)) {
      next.add(id);
    }
    onChoose(next);
  }
  const sorted = (order: ListOrder, label: string, className?: string) => (
    <SortHead
      isBy={(filter.sort ?? 'name') === order}
      label={label}
      className={className}
      onSort={() => onSort(order)}
    />
  );
  if (error !== undefined && known.length === 0) {
    return <ErrorCard error={error} onRetry={retry} />;
  }
  return (
    <div className={`sl-card ${classes.holder ?? ''}`} ref={hold}>
      <table className={`sl-table ${classes.table ?? ''}`} aria-rowcount={count + 1}>
        <colgroup>
          <col style={{ width: 40 }} />
          <col className={classes.status} />
          <col />
          <col className={classes.ends} />
          <col className={classes.wide} style={{ width: 88 }} />
          <col className={classes.wide} style={{ width: 124 }} />
          <col className={classes.wide} style={{ width: 132 }} />
          <col className={classes.wide} style={{ width: 148 }} />
          <col style={{ width: 64 }} />
        </colgroup>
        <thead>
          <tr>
            <th>
              <Checkbox
                size="xs"
                aria-label={say('connections.chooseShown')}
                checked={isAll}
                indeterminate={!isAll && chosen.size > 0}
                onChange={() => onChoose(isAll ? new Set() : new Set([...chosen, ...ids]))}
              />
            </th>
            <th>{say('column.status')}</th>
            {sorted('name', say('column.connection'))}
            {sorted('source', say('column.ends'), classes.ends)}
            <th className={classes.wide}>{say('column.tags')}</th>
            <th className={classes.wide}>{say('column.schedule')}</th>
            {sorted('last_run', say('column.lastSync'), classes.wide)}
            <th className={`sl-number ${classes.wide ?? ''}`}>{say('column.records')}</th>
            <th>{say('column.on')}</th>
          </tr>
        </thead>
        <tbody>
          <Gap height={above} />
          {items.map(({ index }) => {
            const one = row(index);
            return one === undefined ? (
              <tr key={index} aria-rowindex={index + 2}>
                <td colSpan={COLUMNS} className={classes.quiet}>
                  {say('loading.label')}
                </td>
              </tr>
            ) : (
              <Line
                key={one.connectionId}
                one={one}
                index={index}
                job={running.find((job) => job.connectionId === one.connectionId)}
                isChosen={chosen.has(one.connectionId)}
                onToggle={() => toggle(one.connectionId)}
              />
            );
          })}
          <Gap height={below} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ height }: { height: number }) {
  return height > 0 ? (
    <tr aria-hidden="true">
      <td colSpan={COLUMNS} style={{ height, padding: 0, border: 0 }} />
    </tr>
  ) : null;
}

function SortHead({
  isBy,
  label,
  className,
  onSort,
}: {
  isBy: boolean;
  label: string;
  className: string | undefined;
  onSort: () => void;
}) {
  return (
    <th aria-sort={isBy ? 'ascending' : 'none'} className={className}>
      <button type="button" className={classes.sort} onClick={onSort}>
        {label}
        {isBy && <Icon name="chevronDown" size={12} />}
      </button>
    </th>
  );
}

function Line({
  one,
  index,
  job,
  isChosen,
  onToggle,
}: {
  one: ListedConnection;
  index: number;
  job: LiveJob | undefined;
  isChosen: boolean;
  onToggle: () => void;
}) {
  const say = useSay();
  const format = useFormat();
  const progress: ReactNode =
    job?.records === undefined || job.records === 0 ? null : (
      <span className={classes.quiet}> {format.short(job.records)}</span>
    );
  return (
    <tr aria-rowindex={index + 2} data-chosen={isChosen || undefined} data-connection={one.connectionId}>
      <td>
        <Checkbox
          size="xs"
          aria-label={say('connections.choose', { name: one.name })}
          checked={isChosen}
          onChange={onToggle}
        />
      </td>
      <td>
        <StatusChip status={word(one)} />
        {progress}
      </td>
      <td title={one.name}>
        <GoLink
          to="/w/$ws/connections/$connectionId/status"
          params={{ connectionId: one.connectionId }}
          className={classes.name}
        >
          {one.name}
        </GoLink>
      </td>
      <td className={classes.ends} title={`${one.sourceName} → ${one.destinationName}`}>
        {one.sourceName} <span className={classes.quiet}>→</span> {one.destinationName}
      </td>
      <td className={classes.wide}>
        <span className={classes.tags}>
          {one.tags.map((tag) => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
        </span>
      </td>
      <td className={`${classes.wide ?? ''} ${classes.quiet ?? ''}`} title={scheduleWords(say, one.schedule)}>
        {scheduleWords(say, one.schedule)}
      </td>
      <td className={classes.wide}>
        <When time={one.lastSyncAt} />
      </td>
      <td className={`sl-number ${classes.wide ?? ''}`}>
        {one.lastRecords === undefined ? '' : format.count(one.lastRecords)}
        {(one.lastRejected ?? 0) > 0 && (
          <span className={classes.quiet}>
            {' '}
            {say('connections.rejected', { count: one.lastRejected ?? 0 })}
          </span>
        )}
      </td>
      <td>
        <OnSwitch one={one} />
      </td>
    </tr>
  );
}

function OnSwitch({ one }: { one: ListedConnection }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const queries = useQueryClient();
  const flip = useMutation({
    mutationFn: (isOn: boolean) => doToEach(ws, [one.connectionId], { change: isOn ? 'resume' : 'pause' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['connections', ws] }),
  });
  const isOn = flip.isPending ? flip.variables : one.standing === 'active';
  return (
    <Switch
      size="xs"
      aria-label={say('connections.on', { name: one.name })}
      title={may('edit') ? undefined : say('guard.edit')}
      checked={isOn}
      disabled={!may('edit')}
      onChange={(event) => flip.mutate(event.currentTarget.checked)}
    />
  );
}

/** The worst that there is to say. */
function word(one: ListedConnection): string {
  if (one.breakingChange) {
    return 'needs_review';
  }
  return one.status === 'healthy' && (one.lastRejected ?? 0) > 0 ? 'synced_with_rejects' : one.status;
}
