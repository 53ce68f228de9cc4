import type { ListedJob } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { StatusChip } from '../../ui/StatusChip';
import { When } from '../../ui/When';
import { duration, jobWord } from '../../api/jobs';
import classes from './Jobs.module.css';

export function JobTable({ jobs }: { jobs: ListedJob[] }) {
  const say = useSay();
  const format = useFormat();
  return (
    <div className={`sl-card ${classes.scroll ?? ''}`}>
      <table className="sl-table">
        <thead>
          <tr>
            <th>{say('column.status')}</th>
            <th>{say('jobs.job')}</th>
            <th>{say('column.connection')}</th>
            <th>{say('jobs.begun')}</th>
            <th className="sl-number">{say('jobs.duration')}</th>
            <th className="sl-number">{say('jobs.attempts')}</th>
            <th className="sl-number">{say('column.records')}</th>
            <th className="sl-number">{say('jobs.bytes')}</th>
            <th className="sl-number">{say('jobs.rejected')}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => {
            const took = duration(job);
            return (
              <tr key={job.jobId} data-job={job.jobId}>
                <td>
                  <StatusChip status={jobWord(job)} />
                </td>
                <td>
                  <GoLink
                    to="/w/$ws/jobs/$jobId"
                    params={{ jobId: String(job.jobId) }}
                    className={classes.link}
                  >
                    {say('jobs.title', { kind: say(`jobKind.${job.jobType}`), id: String(job.jobId) })}
                  </GoLink>
                </td>
                <td>
                  {job.connectionId === undefined ? null : (
                    <GoLink
                      to="/w/$ws/connections/$connectionId/status"
                      params={{ connectionId: job.connectionId }}
                      className={classes.link}
                    >
                      {job.connectionName ?? say('jobs.gone')}
                    </GoLink>
                  )}
                </td>
                <td>
                  <When time={job.createdAt} />
                </td>
                <td className="sl-number">{took === undefined ? '' : format.duration(took)}</td>
                <td className="sl-number">{format.count(job.attempts)}</td>
                <td className="sl-number">{format.count(job.records)}</td>
                <td className="sl-number">{format.bytes(job.bytes)}</td>
                <td className="sl-number">{job.rejected === 0 ? '' : format.count(job.rejected)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
