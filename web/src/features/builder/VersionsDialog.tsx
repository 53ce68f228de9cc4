import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSay } from '../../i18n/i18n';
import { ErrorCard, Loading } from '../../ui/states';
import { When } from '../../ui/When';
import { useDesk } from './desk';
import { builder, type Project, type Version } from './server';

/** What was published: any of it can be made the one that sources use, or be loaded into the draft. */
export function VersionsDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const say = useSay();
  const desk = useDesk();
  const queries = useQueryClient();
  const versions = useQuery({
    queryKey: ['builder', 'versions', project.projectId],
    queryFn: ({ signal }) => builder.versions(project.projectId, signal),
    retry: false,
  });
  const activation = useMutation({
    mutationFn: (version: string | number) => builder.activate(project.projectId, version),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['builder'] }),
  });
  const line = (each: Version) => (
    <tr key={String(each.version)}>
      <td>
        {String(each.version)}
        {each.active && ` · ${say('builder.version.active')}`}
      </td>
      <td>{each.note}</td>
      <td>
        <When time={each.at} />
        {each.by != null && (
          <Text size="xs" c="dimmed">
            {each.by}
          </Text>
        )}
      </td>
      <td>
        <Group gap="xs" wrap="nowrap">
          {!each.active && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={desk.isReadOnly}
              loading={activation.isPending && activation.variables === each.version}
              onClick={() => activation.mutate(each.version)}
            >
              {say('builder.version.activate')}
            </Button>
          )}
          {each.manifest !== undefined && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={desk.isReadOnly}
              onClick={() => {
                desk.editText(each.manifest ?? '');
                onClose();
              }}
            >
              {say('builder.version.load')}
            </Button>
          )}
        </Group>
      </td>
    </tr>
  );
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={say('builder.versions')}
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <Stack gap="sm">
        {versions.isPending && <Loading rows={3} />}
        {versions.isError && <ErrorCard error={versions.error} onRetry={() => void versions.refetch()} />}
        {activation.isError && <ErrorCard error={activation.error} />}
        {versions.data?.data.length === 0 && <Text size="sm">{say('builder.versions.none')}</Text>}
        {(versions.data?.data.length ?? 0) > 0 && (
          <table className="sl-table">
            <thead>
              <tr>
                <th>{say('builder.column.version')}</th>
                <th>{say('builder.note')}</th>
                <th>{say('builder.column.changed')}</th>
                <th aria-label={say('action.more')} />
              </tr>
            </thead>
            <tbody>{versions.data?.data.map(line)}</tbody>
          </table>
        )}
      </Stack>
    </Modal>
  );
}
