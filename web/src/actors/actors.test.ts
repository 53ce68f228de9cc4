import { describe, expect, it } from 'vitest';
import { lookOf } from '../api/looks';
import type { JobDetail } from '../api/schema';
import { isMeant, lettersOf } from './connectorLook';
import { withoutSecrets } from './clone';

const POSTGRES = { name: 'PostgreSQL', connector: 'postgres' };
const FILES = { name: 'Files', connector: 'file' };

describe('connectors', () => {
  it.each(['', 'post', 'pg', 'PG data', 'sql'])('PostgreSQL is meant by "%s"', (text) => {
    expect(isMeant(POSTGRES, text)).toBe(true);
  });

  it('are not meant by what is only inside of a word', () => {
    expect(isMeant(POSTGRES, 'gres')).toBe(false);
    expect(isMeant(FILES, 'csv pg')).toBe(false);
    expect(isMeant({ name: 'Unknown' }, 'unk')).toBe(true);
  });

  it('have two letters', () => {
    expect(lettersOf('PostgreSQL')).toBe('PO');
    expect(lettersOf('Amazon S3')).toBe('AS');
  });
});

describe('a clone', () => {
  it('has no secrets: they are entered again', () => {
    const configuration = { host: 'db', password: '**********', list: [{ key: '**********', name: 'a' }] };
    expect(withoutSecrets(configuration)).toEqual({ host: 'db', list: [{ name: 'a' }] });
  });
});

describe('a look', () => {
  const job = (status: string, attempts: object[]) =>
    ({ jobId: 1, status, attempts }) as unknown as JobDetail;

  it('has the steps of the last attempt, with what failed', () => {
    const problem = { code: 'E_LOGIN', message: 'no', fix: 'yes' };
    const found = {
      steps: [
        { name: 'connect', detail: '5 ms' },
        { name: 'login', problem },
      ],
    };
    const look = lookOf(job('failed', [{ found: {} }, { found, failure: problem }]), []);
    expect(look.steps).toEqual([
      { name: 'connect', detail: '5 ms', problem: undefined },
      { name: 'login', detail: undefined, problem },
    ]);
    expect(look.problem).toBe(problem);
    expect(look.isOver).toBe(true);
  });

  it('is not over before its job is', () => {
    expect(lookOf(job('pending', []), []).isOver).toBe(false);
  });
});
