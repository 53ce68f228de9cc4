import type { PastDay } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { BarChart, ChartCard } from './charts';
import { useFormat } from './format';

/** The records of each day, and the same as a table of the days on which something ran. */
export function VolumeChart({ days, summary }: { days: PastDay[]; summary: string }) {
  const say = useSay();
  const format = useFormat();
  const ran = days.filter((each) => each.succeeded + each.failed + each.records > 0);
  const day = (date: string) =>
    new Date(`${date}T12:00:00Z`).toLocaleDateString(navigator.language, { month: 'short', day: 'numeric' });
  return (
    <ChartCard
      title={say('home.volume')}
      summary={summary}
      isEmpty={ran.length === 0}
      chart={
        <BarChart
          label={summary}
          format={format.short}
          first={day(days[0]?.date ?? '')}
          last={day(days.at(-1)?.date ?? '')}
          bars={days.map((each) => ({
            key: each.date,
            title: say('home.volume.day', {
              date: day(each.date),
              records: each.records,
              failed: each.failed,
            }),
            parts: [
              { value: each.records, tone: 'primary' },
              { value: each.rejected, tone: 'error' },
            ],
          }))}
        />
      }
      table={
        <table className="sl-table">
          <thead>
            <tr>
              <th>{say('home.day')}</th>
              <th className="sl-number">{say('jobStatus.succeeded')}</th>
              <th className="sl-number">{say('jobStatus.failed')}</th>
              <th className="sl-number">{say('count.loaded')}</th>
              <th className="sl-number">{say('count.rejected')}</th>
              <th className="sl-number">{say('jobs.bytes')}</th>
            </tr>
          </thead>
          <tbody>
            {ran.map((each) => (
              <tr key={each.date}>
                <td>{each.date}</td>
                <td className="sl-number">{format.count(each.succeeded)}</td>
                <td className="sl-number">{format.count(each.failed)}</td>
                <td className="sl-number">{format.count(each.records)}</td>
                <td className="sl-number">{format.count(each.rejected)}</td>
                <td className="sl-number">{format.bytes(each.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
