import { Alert, Modal } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, ok } from '../api/client';
import type { StreamSample } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { ErrorCard, Loading } from '../ui/states';
import { backToGrid, RowButton } from './RowButton';
import { labelOf } from './streams';
import classes from './Sample.module.css';

interface Named {
  namespace?: string | undefined;
  name: string;
}

const ROWS = 20;

/** The first rows of a stream, asked for when somebody wants to see them. */
const sample = (sourceId: string, stream: Named) =>
  queryOptions({
    queryKey: ['sources', 'sample', sourceId, stream.namespace ?? '', stream.name],
    queryFn: ({ signal }) => {
      const query = {
        stream: stream.name,
        rows: ROWS,
        ...(stream.namespace === undefined ? {} : { namespace: stream.namespace }),
      };
      return ok(
        api.GET('/api/sluice/v1/sources/{sourceId}/sample', {
          params: { path: { sourceId }, query },
          signal,
        }),
      );
    },
    retry: false,
    staleTime: 30_000,
    gcTime: 60_000,
  });

/** A button that shows what a stream holds. */
export function SampleButton({ sourceId, stream }: { sourceId: string; stream: Named }) {
  const say = useSay();
  const [isOpen, open] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const label = say('sample.of', { stream: labelOf(stream) });
  const close = () => {
    open(false);
    backToGrid(button.current);
  };
  return (
    <>
      <RowButton own={button} label={label} icon="eye" onClick={() => open(true)} />
      {isOpen && (
        <Modal opened onClose={close} size="90%" title={label}>
          <Sample sourceId={sourceId} stream={stream} />
        </Modal>
      )}
    </>
  );
}

function Sample({ sourceId, stream }: { sourceId: string; stream: Named }) {
  const found = useQuery(sample(sourceId, stream));
  if (found.isError) {
    return <ErrorCard error={found.error} onRetry={() => void found.refetch()} />;
  }
  return found.data === undefined ? <Loading /> : <SampleTable sample={found.data} />;
}

/** Rows with the names and types of their fields; what has no value is told from an empty text. */
export function SampleTable({ sample: shown, label }: { sample: StreamSample; label?: string }) {
  const say = useSay();
  return (
    <>
      {shown.problems.length > 0 && (
        <Alert color="yellow" mb="sm">
          {shown.problems.join(' · ')}
        </Alert>
      )}
      <div className={classes.box} tabIndex={0} role="region" aria-label={label ?? say('sample.rows')}>
        <table className={`sl-table ${classes.table ?? ''}`}>
          <thead>
            <tr>
              {shown.fields.map(([name = '', type = '']) => (
                <th key={name}>
                  {name} <small>{type}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.rows.map((row, at) => (
              <tr key={at}>
                {row.map((value, field) => (
                  <td key={field} title={value ?? undefined}>
                    {value ?? <i>{say('sample.null')}</i>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {shown.rows.length === 0 && <p className={classes.none}>{say('sample.none')}</p>}
      </div>
    </>
  );
}
