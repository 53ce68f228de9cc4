import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { CatalogEntry } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { ErrorList } from '../../mapping/ErrorList';
import { configurationOf, type Mapping } from '../../mapping/mapping';
import { MappingEditor } from '../../mapping/MappingEditor';
import { check } from '../../mapping/queries';
import { useChecked, type Checked } from '../../mapping/useChecked';
import type { StreamConfiguration } from '../../streams/edits';
import { ErrorCard } from '../../ui/states';
import classes from './Wizard.module.css';
import type { StepName } from './WizardPage';

/** Which streams become which objects. It goes on when nothing is missing and the destination takes what would be sent. */
export function MappingsStep({
  sourceId,
  destinationId,
  streams,
  mappings,
  onChange,
  go,
}: {
  sourceId: string;
  destinationId: string;
  streams: CatalogEntry[];
  mappings: Mapping[];
  onChange: (mappings: Mapping[], mapped: StreamConfiguration[]) => void;
  go: (step: StepName) => void;
}) {
  const say = useSay();
  const checked = useChecked(destinationId, streams, mappings);
  const lacking = checked.findIndex((each) => each.lack !== undefined);
  const why = checked[lacking]?.lack;
  const checking = useMutation({
    mutationFn: async () => {
      const configured = configuredOf(checked);
      const errors = await Promise.all(configured.map((each) => check(destinationId, sourceId, each)));
      return { configured, errors: errors.flat() };
    },
    onSuccess: ({ configured, errors }) => {
      if (errors.length === 0) {
        onChange(mappings, configured);
        go('configure');
      }
    },
  });
  const { reset } = checking;
  return (
    <>
      <MappingEditor
        sourceId={sourceId}
        destinationId={destinationId}
        streams={streams}
        checked={checked}
        onChange={(next) => {
          reset();
          onChange(next, []);
        }}
      />
      {checking.data !== undefined && checking.data.errors.length > 0 && (
        <ErrorList errors={checking.data.errors} />
      )}
      {checking.isError && <ErrorCard error={checking.error} onRetry={() => checking.mutate()} />}
      <footer className={classes.footer}>
        <Button variant="default" onClick={() => go('destination')}>
          {say('action.back')}
        </Button>
        <Text size="sm" c="dimmed" style={{ marginLeft: 'auto' }} role="status" id="mapping-why">
          {why !== undefined &&
            say('mapping.lackOf', { number: lacking + 1, why: say(`mapping.lack.${why}`) })}
        </Text>
        <Button
          disabled={why !== undefined}
          aria-describedby={why === undefined ? undefined : 'mapping-why'}
          loading={checking.isPending}
          onClick={() => checking.mutate()}
        >
          {say('action.continue')}
        </Button>
      </footer>
    </>
  );
}

function configuredOf(checked: Checked[]): StreamConfiguration[] {
  return checked.flatMap(({ mapping, operations, stream }) =>
    stream === undefined ? [] : [configurationOf(mapping, operations, stream)],
  );
}
