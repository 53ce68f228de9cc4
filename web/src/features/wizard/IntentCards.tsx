import {
  Badge,
  Button,
  Group,
  Modal,
  Paper,
  Radio,
  SegmentedControl,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import type { CatalogEntry } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { withIntent, type Intent, type Way, type Wishes } from '../../streams/streams';
import classes from './Wizard.module.css';

/** What the destination is to be: a copy, or a history. */
export function IntentCards({
  wishes,
  streams,
  writes,
  onChange,
}: {
  wishes: Wishes;
  streams: CatalogEntry[];
  writes: ReadonlySet<string>;
  onChange: (wishes: Wishes) => void;
}) {
  const say = useSay();
  const [asked, ask] = useState<{ intent: Intent; way: Way }>();
  const custom = Object.values(wishes.chosen).filter((choice) => choice.isCustom === true).length;
  function want(intent: Intent, way: Way) {
    if (custom > 0 && (intent !== wishes.intent || way !== wishes.way)) {
      ask({ intent, way });
    } else {
      onChange(withIntent(wishes, intent, way, streams, writes, true));
    }
  }
  function decide(keeps: boolean) {
    if (asked !== undefined) {
      onChange(withIntent(wishes, asked.intent, asked.way, streams, writes, keeps));
      ask(undefined);
    }
  }
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h3" mb="sm" id="intent-title">
        {say('wizard.intent')}
      </Title>
      <Radio.Group
        aria-labelledby="intent-title"
        value={wishes.intent}
        onChange={(value) => want(value === 'append' ? 'append' : 'replicate', wishes.way)}
      >
        <div className={classes.intents}>
          {(['replicate', 'append'] as const).map((intent) => (
            <Radio.Card key={intent} value={intent} p="sm" className={classes.intent}>
              <Radio.Indicator mt={2} />
              <span>
                <Group gap="xs" component="span">
                  <strong>{say(`wizard.intent.${intent}`)}</strong>
                  {intent === 'replicate' && (
                    <Badge size="sm" variant="light">
                      {say('wizard.intent.recommended')}
                    </Badge>
                  )}
                </Group>
                <small>{say(`wizard.intent.${intent}.text`)}</small>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {wishes.intent === 'append' && streams.some((each) => each.isIncremental) && (
        <Stack gap={4} mt="sm" align="flex-start">
          <SegmentedControl
            size="xs"
            aria-label={say('wizard.intent.append')}
            value={wishes.way}
            onChange={(value) => want('append', value === 'snapshots' ? 'snapshots' : 'changes')}
            data={[
              { value: 'changes', label: say('wizard.way.changes') },
              { value: 'snapshots', label: say('wizard.way.snapshots') },
            ]}
          />
          {wishes.way === 'snapshots' && (
            <Text size="sm" c="var(--sl-warn)">
              {say('wizard.way.snapshots.text')}
            </Text>
          )}
        </Stack>
      )}
      <Modal opened={asked !== undefined} onClose={() => ask(undefined)} title={say('wizard.keepCustom')}>
        <Stack>
          <Text>{say('wizard.keepCustom.text', { count: custom })}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => decide(false)}>
              {say('wizard.keepCustom.change')}
            </Button>
            <Button data-autofocus onClick={() => decide(true)}>
              {say('wizard.keepCustom.keep')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Paper>
  );
}
