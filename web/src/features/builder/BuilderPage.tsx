import { Button, Group, Menu, Table } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../app/may';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { ConfirmByName } from '../../ui/ConfirmByName';
import { Icon } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { Empty, ErrorCard, Loading } from '../../ui/states';
import { When } from '../../ui/When';
import { builder, type ProjectLine } from './server';
import { StartPanel } from './StartPanel';

/** The connectors that are built here. */
export function BuilderPage() {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const [isNew, begin] = useState(false);
  const projects = useQuery({
    queryKey: ['builder', 'projects', ws],
    queryFn: ({ signal }) => builder.projects(ws, signal),
  });
  const start = may('edit') && !isNew && (
    <Button leftSection={<Icon name="plus" />} onClick={() => begin(true)}>
      {say('builder.new')}
    </Button>
  );
  const isNone = projects.data?.data.length === 0;
  return (
    <>
      <PageHeader title={say('page.builder')} actions={isNone ? undefined : start} />
      {isNew && <StartPanel onClose={() => begin(false)} />}
      {projects.isError ? (
        <ErrorCard error={projects.error} onRetry={() => void projects.refetch()} />
      ) : projects.isPending ? (
        <Loading rows={6} height={36} />
      ) : isNone ? (
        !isNew && (
          <div className="sl-card">
            <Empty icon="bolt" title={say('builder.empty')} text={say('builder.empty.text')} action={start} />
          </div>
        )
      ) : (
        <Projects projects={projects.data.data} />
      )}
    </>
  );
}

function Projects({ projects }: { projects: ProjectLine[] }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const queries = useQueryClient();
  const [going, setGoing] = useState<ProjectLine>();
  const removal = useMutation({
    mutationFn: (id: string) => builder.remove(id),
    onSuccess: () => {
      setGoing(undefined);
      void queries.invalidateQueries({ queryKey: ['builder', 'projects'] });
    },
  });
  return (
    <Table.ScrollContainer minWidth={560} className="sl-card">
      {removal.isError && <ErrorCard error={removal.error} />}
      <table className="sl-table">
        <thead>
          <tr>
            <th>{say('builder.f.name')}</th>
            <th>{say('builder.column.version')}</th>
            <th className="sl-number">{say('builder.column.streams')}</th>
            <th>{say('builder.column.changed')}</th>
            <th aria-label={say('action.more')} />
          </tr>
        </thead>
        <tbody>
          {projects.map((project) => (
            <tr key={project.projectId}>
              <td>
                <Link
                  to="/w/$ws/builder/$projectId"
                  params={{ ws, projectId: project.projectId }}
                  className="sl-link"
                >
                  {project.name}
                </Link>
              </td>
              <td>
                {project.activeVersion === undefined
                  ? say('builder.draft')
                  : say(project.changedSincePublish ? 'builder.version.changed' : 'builder.version', {
                      version: String(project.activeVersion),
                    })}
              </td>
              <td className="sl-number">{project.streamCount}</td>
              <td>
                <When time={project.updatedAt} />
              </td>
              <td>
                {may('edit') && (
                  <Group justify="flex-end">
                    <Menu position="bottom-end">
                      <Menu.Target>
                        <Button
                          variant="subtle"
                          size="compact-sm"
                          aria-label={say('builder.moreOf', { name: project.name })}
                        >
                          <Icon name="dots" />
                        </Button>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item leftSection={<Icon name="trash" />} onClick={() => setGoing(project)}>
                          {say('builder.delete')}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </Group>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmByName
        isOpen={going !== undefined}
        title={say('builder.delete')}
        text={say('builder.delete.text')}
        word={going?.name ?? ''}
        action={say('builder.delete')}
        isBusy={removal.isPending}
        onConfirm={() => removal.mutate(going?.projectId ?? '')}
        onClose={() => setGoing(undefined)}
      />
    </Table.ScrollContainer>
  );
}
