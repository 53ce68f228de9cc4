import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CatalogEntry } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { Empty, ErrorCard, Loading } from '../ui/states';
import { EMPTY, type Mapping } from './mapping';
import { MappingCard } from './MappingCard';
import { objects } from './queries';
import type { Checked } from './useChecked';

/** Which stream becomes which object, and how: a card for each. */
export function MappingEditor({
  sourceId,
  destinationId,
  streams,
  checked,
  onChange,
}: {
  sourceId: string;
  destinationId: string;
  streams: CatalogEntry[];
  checked: Checked[];
  onChange: (mappings: Mapping[]) => void;
}) {
  const say = useSay();
  const known = useQuery(objects(destinationId));
  const mappings = checked.map((each) => each.mapping);
  if (known.isError) {
    return <ErrorCard error={known.error} onRetry={() => void known.refetch()} />;
  }
  if (known.data === undefined) {
    return <Loading rows={6} height={34} />;
  }
  if (known.data.length === 0) {
    return <Empty icon="table" title={say('mapping.none')} text={say('mapping.none.text')} />;
  }
  return (
    <Stack gap="md">
      {checked.map((each, at) => (
        <MappingCard
          key={at}
          number={at + 1}
          sourceId={sourceId}
          destinationId={destinationId}
          streams={streams}
          objects={known.data}
          checked={each}
          onChange={(next) => onChange(mappings.map((old, place) => (place === at ? next : old)))}
          onRemove={
            mappings.length === 1 ? undefined : () => onChange(mappings.filter((_, place) => place !== at))
          }
        />
      ))}
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<Icon name="plus" />}
          onClick={() => onChange([...mappings, EMPTY])}
        >
          {say('mapping.add')}
        </Button>
        <Button
          variant="default"
          leftSection={<Icon name="refresh" />}
          loading={known.isFetching}
          onClick={() => void known.refetch()}
        >
          {say('mapping.refresh')}
        </Button>
      </Group>
    </Stack>
  );
}
