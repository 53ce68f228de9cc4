import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PastRun } from '../../api/schema';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { BarChart, ChartCard, LineChart, spanCeiling, type Tone } from '../../ui/charts';
import { useFormat } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { ErrorCard, Loading } from '../../ui/states';
import { StatusChip } from '../../ui/StatusChip';
import { duration } from '../../api/jobs';
import classes from './Connection.module.css';
import { ages } from './freshness';
import { connectionHistory } from './queries';

/** So many runs fit beside each other. */
const SHOWN = 120;

/** What a connection moved, how long it took, and how old its data was. */
export function HistoryCharts({ id }: { id: string }) {
  const say = useSay();
  const [days, setDays] = useState('7');
  const history = useQuery(connectionHistory(id, Number(days)));
  return (
    <section aria-label={say('history.label')} className={classes.stack}>
      <SegmentedControl
        size="xs"
        aria-label={say('history.range')}
        value={days}
        onChange={setDays}
        data={['1', '7', '30'].map((value) => ({
          value,
          label: say('history.days', { count: Number(value) }),
        }))}
        style={{ alignSelf: 'flex-start' }}
      />
      {history.isError ? (
        <ErrorCard error={history.error} onRetry={() => void history.refetch()} />
      ) : history.isPending ? (
        <Loading rows={3} height={60} />
      ) : (
        <Charts runs={history.data.runs} asked={history.dataUpdatedAt} />
      )}
    </section>
  );
}

function Charts({ runs, asked }: { runs: PastRun[]; asked: number }) {
  const say = useSay();
  const format = useFormat();
  const go = useNavigate();
  const ws = useWorkspaceId();
  const shown = runs.slice(0, SHOWN).reverse();
  const loaded = runs.reduce((sum, each) => sum + each.records, 0);
  const took = runs.map((each) => duration(each) ?? 0).sort((a, b) => a - b);
  const median = took[Math.floor(took.length / 2)] ?? 0;
  const fresh = ages(runs, asked);
  const age = fresh.at(-1)?.y;
  const first = shown[0] === undefined ? '' : format.brief(shown[0].createdAt);
  const last = shown.length < 2 ? '' : format.brief(shown.at(-1)?.createdAt ?? 0);
  const open = (jobId: number) =>
    void go({ to: '/w/$ws/jobs/$jobId', params: { ws, jobId: String(jobId) } as never });
  const isEmpty = runs.length === 0;
  const none = say('history.none');
  const table = <RunTable runs={runs} />;
  return (
    <div className={classes.charts}>
      <ChartCard
        title={say('history.volume')}
        summary={isEmpty ? none : say('history.volume.text', { runs: runs.length, records: loaded })}
        isEmpty={isEmpty}
        table={table}
        chart={
          <BarChart
            label={say('history.volume.text', { runs: runs.length, records: loaded })}
            format={format.short}
            first={first}
            last={last}
            bars={shown.map((each) => ({
              key: String(each.jobId),
              title: say('history.volume.run', {
                at: format.exact(each.createdAt),
                read: each.recordsRead,
                loaded: each.records,
                rejected: each.rejected,
              }),
              parts: [
                { value: each.records, tone: 'primary' },
                { value: each.rejected, tone: 'error' },
              ],
              onClick: () => open(each.jobId),
            }))}
          />
        }
      />
      <ChartCard
        title={say('history.duration')}
        summary={isEmpty ? none : say('history.duration.text', { median: format.duration(median) })}
        isEmpty={isEmpty}
        table={table}
        chart={
          <BarChart
            label={say('history.duration.text', { median: format.duration(median) })}
            format={format.duration}
            top={spanCeiling}
            first={first}
            last={last}
            bars={shown.map((each) => ({
              key: String(each.jobId),
              title: say('history.duration.run', {
                at: format.exact(each.createdAt),
                duration: format.duration(duration(each) ?? 0),
                status: say(`jobStatus.${each.status}`),
              }),
              parts: [{ value: duration(each) ?? 0, tone: tone(each.status) }],
              onClick: () => open(each.jobId),
            }))}
          />
        }
      />
      <ChartCard
        title={say('history.freshness')}
        summary={
          age === undefined
            ? say('history.freshness.none')
            : say('history.freshness.text', { age: format.duration(age) })
        }
        isEmpty={age === undefined}
        table={
          <table className="sl-table">
            <thead>
              <tr>
                <th>{say('history.at')}</th>
                <th className="sl-number">{say('history.age')}</th>
              </tr>
            </thead>
            <tbody>
              {fresh.map((point, index) => (
                <tr key={index}>
                  <td>{format.exact(point.x)}</td>
                  <td className="sl-number">{format.duration(point.y)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        }
        chart={
          <LineChart
            label={say('history.freshness.text', { age: format.duration(age ?? 0) })}
            format={format.duration}
            top={spanCeiling}
            points={fresh}
            first={format.brief(fresh[0]?.x ?? 0)}
            last={say('time.now')}
          />
        }
      />
    </div>
  );
}

function tone(status: string): Tone {
  return status === 'succeeded' ? 'ok' : status === 'failed' ? 'error' : 'off';
}

function RunTable({ runs }: { runs: PastRun[] }) {
  const say = useSay();
  const format = useFormat();
  return (
    <table className="sl-table">
      <thead>
        <tr>
          <th>{say('jobs.job')}</th>
          <th>{say('column.status')}</th>
          <th className="sl-number">{say('jobs.duration')}</th>
          <th className="sl-number">{say('count.read')}</th>
          <th className="sl-number">{say('count.loaded')}</th>
          <th className="sl-number">{say('count.rejected')}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((each) => (
          <tr key={each.jobId}>
            <td>
              <GoLink to="/w/$ws/jobs/$jobId" params={{ jobId: String(each.jobId) }} className={classes.link}>
                {format.exact(each.createdAt)}
              </GoLink>
            </td>
            <td>
              <StatusChip status={each.status} />
            </td>
            <td className="sl-number">{format.duration(duration(each) ?? 0)}</td>
            <td className="sl-number">{format.count(each.recordsRead)}</td>
            <td className="sl-number">{format.count(each.records)}</td>
            <td className="sl-number">{format.count(each.rejected)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
