import { describe, expect, it } from 'vitest';
import { withJob, type LiveJob } from './live';

const job = (jobId: number, status: string): LiveJob => ({ jobId, jobType: 'sync', status });

describe('what runs', () => {
  it('is what events said last of each job', () => {
    let known = withJob([], job(2, 'pending'));
    known = withJob(known, job(1, 'running'));
    known = withJob(known, { ...job(2, 'running'), records: 5 });
    expect(known).toEqual([job(1, 'running'), { ...job(2, 'running'), records: 5 }]);
  });

  it('is no job that has ended', () => {
    expect(withJob([job(1, 'running')], job(1, 'succeeded'))).toEqual([]);
    expect(withJob([job(1, 'running')], job(1, 'incomplete'))).toHaveLength(1);
  });
});
