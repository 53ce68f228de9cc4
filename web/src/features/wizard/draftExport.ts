import type { Actor } from '../../api/actors';
import type { ProjectExport } from '../../api/schema';
import type { StreamConfiguration } from '../../streams/edits';
import { labelOf } from '../../streams/streams';
import type { Settings } from './draft';
import { cronOf, parted } from '../../schedule/timing';

/** What the server would export once this is set up. */
export function exportOf(
  source: Actor,
  destination: Actor,
  settings: Settings,
  streams: StreamConfiguration[],
  tags: ReadonlyMap<string, string>,
): ProjectExport {
  const end = ({ name, connector, configuration }: Actor) => ({ name, connector, configuration });
  const cron = cronOf(settings.timing);
  const connection = {
    name: settings.name.trim(),
    source: source.name,
    destination: destination.name,
    ...(cron === undefined ? {} : { schedule: scheduled(cron) }),
    namespaceDefinition: settings.naming.definition,
    namespaceFormat: settings.naming.format,
    prefix: settings.naming.prefix,
    schemaChanges: settings.policy,
    tags: settings.tagIds.flatMap((id) => tags.get(id) ?? []),
    streams: Object.fromEntries(streams.map((each) => [labelOf(each), each])),
  };
  const written = {
    sources: [end(source)],
    destinations: [end(destination)],
    connections: [connection],
    notes: [],
  };
  return written as unknown as ProjectExport;
}

function scheduled(cron: string) {
  const { expression, zone } = parted(cron);
  return { cron: expression, timezone: zone };
}
