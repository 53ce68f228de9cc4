import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../api/problem';
import type { CatalogEntry, MappingPreview, ObjectOperation } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { ErrorCard, Loading } from '../ui/states';
import { ErrorList, type MappingError } from './ErrorList';
import { configurationOf, type Mapping } from './mapping';
import classes from './Mapping.module.css';
import { preview } from './queries';

const ROWS = 20;

/** Shows what would be sent of the first rows, and why some would not be. */
export function TestRows({
  sourceId,
  destinationId,
  mapping,
  operations,
  stream,
}: {
  sourceId: string;
  destinationId: string;
  mapping: Mapping;
  operations: ObjectOperation[];
  stream: CatalogEntry;
}) {
  const say = useSay();
  const [isOpen, open] = useState(false);
  const trying = useMutation({
    mutationFn: () => preview(destinationId, sourceId, configurationOf(mapping, operations, stream), ROWS),
  });
  const errors = trying.isError ? asProblem(trying.error).data.errors : undefined;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="eye" size={14} />}
        onClick={() => {
          open(true);
          trying.mutate();
        }}
      >
        {say('mapping.test')}
      </Button>
      <Modal opened={isOpen} onClose={() => open(false)} size="90%" title={say('mapping.test')}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {say('mapping.test.text')}
          </Text>
          {trying.isPending && <Loading />}
          {Array.isArray(errors) ? (
            <ErrorList errors={errors as MappingError[]} />
          ) : (
            trying.isError && <ErrorCard error={trying.error} onRetry={() => trying.mutate()} />
          )}
          {trying.data !== undefined && <Tried found={trying.data} />}
        </Stack>
      </Modal>
    </>
  );
}

function Tried({ found }: { found: MappingPreview }) {
  const say = useSay();
  const sent = found.rows.filter((row) => row.sent !== undefined).length;
  const rejected = found.rows.filter((row) => row.rejection !== undefined).length;
  return (
    <>
      <Text data-tried={`${sent}/${rejected}`}>{say('mapping.test.counts', { sent, rejected })}</Text>
      {found.problems.length > 0 && <Alert color="yellow">{found.problems.join(' · ')}</Alert>}
      <div className={classes.box} tabIndex={0} role="region" aria-label={say('mapping.test')}>
        <table className="sl-table">
          <thead>
            <tr>
              <th colSpan={found.source.length} scope="colgroup">
                {say('mapping.test.source')}
              </th>
              <th colSpan={found.sent.length} scope="colgroup" className={classes.second}>
                {say('mapping.test.sent')}
              </th>
            </tr>
            <tr>
              {[...found.source, ...found.sent].map(([name = '', type = ''], at) => (
                <th key={at} scope="col" className={at === found.source.length ? classes.second : undefined}>
                  {name} <small>{type}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.rows.map((row, at) => (
              <tr key={at} data-outcome={row.sent !== undefined ? 'sent' : row.rejection?.code}>
                <Cells values={row.source} />
                {row.sent !== undefined ? (
                  <Cells values={row.sent} isSecond />
                ) : (
                  <td colSpan={found.sent.length} className={classes.second}>
                    <Text size="sm" c={row.rejection === undefined ? 'dimmed' : 'var(--sl-error)'}>
                      {row.rejection === undefined
                        ? say('mapping.test.filtered')
                        : say('mapping.test.rejected', { reason: row.rejection.reason })}
                    </Text>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Cells({ values, isSecond = false }: { values: (string | null)[]; isSecond?: boolean }) {
  const say = useSay();
  return values.map((value, at) => (
    <td key={at} className={isSecond && at === 0 ? classes.second : undefined} title={value ?? undefined}>
      {value ?? <i>{say('sample.null')}</i>}
    </td>
  ));
}
