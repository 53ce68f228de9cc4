import { Button, Loader, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { CatalogEntry } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { When } from '../../ui/When';
import { streamsOf, type Document, type Settings } from './draft';
import { methodOf } from '../../mapping/mapping';
import { keyOf, labelOf, MODES, targetOf, type Wishes } from '../../streams/streams';

const SHOWN = 3;
// What writes YAML is a good part of a page, and few ask for it.
const DraftCode = lazy(() => import('./DraftCode'));

/** What will be set up, at a glance. */
export function Summary({
  document,
  settings,
  streams,
  wishes,
  next,
}: {
  document: Document;
  settings: Settings;
  streams: CatalogEntry[];
  wishes: Wishes;
  next: string | undefined;
}) {
  const say = useSay();
  const [isCode, showCode] = useState(false);
  const chosen = streams.filter((each) => keyOf(each) in wishes.chosen);
  const mapped = document.page.mappings === undefined ? undefined : streamsOf(document, streams);
  const byMode = MODES.map((mode) => ({
    mode,
    count: chosen.filter((each) => wishes.chosen[keyOf(each)]?.mode === mode).length,
  })).filter((each) => each.count > 0);
  return (
    <Paper withBorder p="md" component="aside" aria-label={say('configure.summary')}>
      <Title order={2} size="h3" mb="sm">
        {say('configure.summary')}
      </Title>
      <Stack gap="xs">
        <Text size="sm">
          {document.source?.name} <Icon name="arrowRight" size={12} /> {document.destination?.name}
        </Text>
        <Text size="sm">
          {say('streams.summary', { chosen: mapped?.length ?? chosen.length, all: streams.length })}
        </Text>
        {mapped?.map((each) => (
          <Text key={keyOf(each)} size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {labelOf(each)} <Icon name="arrowRight" size={12} /> {each.destinationObjectName},{' '}
            {say(`mapping.method.${methodOf(each.syncMode) ?? 'insert'}`)}
          </Text>
        ))}
        {mapped === undefined &&
          byMode.map(({ mode, count }) => (
            <Text key={mode} size="sm" c="dimmed">
              {`${count} × ${say(`wizardMode.${mode}`)}`}
            </Text>
          ))}
        {mapped === undefined && (
          <Text size="sm" fw={500}>
            {say('configure.preview')}
          </Text>
        )}
        {(mapped === undefined ? chosen : []).slice(0, SHOWN).map((each) => (
          <Text key={keyOf(each)} size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {targetOf(each, wishes.chosen[keyOf(each)], settings.naming)}
          </Text>
        ))}
        {next !== undefined && (
          <Text size="sm">
            {say('configure.next')}: <When time={next} />
          </Text>
        )}
        <Button size="xs" variant="default" onClick={() => showCode(true)}>
          {say('configure.code')}
        </Button>
      </Stack>
      <Modal opened={isCode} onClose={() => showCode(false)} title={say('configure.code')} size="xl">
        {isCode && (
          <Suspense fallback={<Loader />}>
            <DraftCode document={document} settings={settings} streams={streamsOf(document, streams)} />
          </Suspense>
        )}
      </Modal>
    </Paper>
  );
}
