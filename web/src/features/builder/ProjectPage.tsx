import { Alert, Button, Group, Menu, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useMay } from '../../app/may';
import type { Way } from '../../builder/source';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { save } from '../../ui/save';
import { ErrorCard, Loading } from '../../ui/states';
import { Desk, DeskContext, useDesk } from './desk';
import { nameOf } from './Fields';
import { idOfWay } from './controls';
import { GoContext, type Go } from './go';
import { Outline, partOf } from './Outline';
import { PartEditor } from './PartEditor';
import { PublishDialog } from './PublishDialog';
import { builder, type Project } from './server';
import { TestPanel } from './TestPanel';
import { VersionsDialog } from './VersionsDialog';
import classes from './Builder.module.css';

// Few look at the text, and what shows it is not small.
const CodeEditor = lazy(() => import('./CodeEditor'));

/** A connector that is being built. */
export function ProjectPage() {
  const { projectId = '' } = useParams({ strict: false });
  const may = useMay();
  const project = useQuery({
    queryKey: ['builder', 'project', projectId],
    queryFn: ({ signal }) => builder.project(projectId, signal),
    // The desk holds what is newer; others' changes are met when it is saved.
    staleTime: 'static',
    gcTime: 0,
    retry: false,
  });
  if (project.isError) {
    return <ErrorCard error={project.error} onRetry={() => void project.refetch()} />;
  }
  if (project.isPending) {
    return <Loading rows={12} height={28} />;
  }
  return <AtDesk key={projectId} project={project.data} isReadOnly={!may('edit')} />;
}

function AtDesk({ project, isReadOnly }: { project: Project; isReadOnly: boolean }) {
  const desk = useMemo(
    () => new Desk(project.projectId, project, isReadOnly),
    // A desk is made once; what the server tells later is met when it is saved.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [project.projectId, isReadOnly],
  );
  useEffect(() => () => desk.close(), [desk]);
  return (
    <DeskContext value={desk}>
      <Frame project={project} />
    </DeskContext>
  );
}

function Frame({ project }: { project: Project }) {
  const say = useSay();
  const desk = useDesk();
  const navigate = useNavigate();
  const search: { part?: string; view?: string } = useSearch({ strict: false });
  const isWide = useMediaQuery('(min-width: 1200px)', true);
  const [target, setTarget] = useState<{ way: Way; count: number }>();
  const part = search.part ?? 'global';
  const view = search.view === 'yaml' ? 'yaml' : 'form';
  const [isTesting, showTest] = useState(true);
  const counter = useRef(0);
  const show = (next: { part?: string; view?: string }) =>
    void navigate({ to: '.', search: { part, view, ...next } as never, replace: true, resetScroll: false });
  const go: Go = {
    to: (next) => {
      desk.flush();
      show({ part: next, view: 'form' });
    },
    toText: (way) => {
      desk.flush();
      counter.current++;
      setTarget({ way, count: counter.current });
      show({ view: 'yaml' });
    },
    toField: (way) => {
      show({ part: partOf(desk.manifest, way), view: 'form' });
      setTimeout(() => focusOn(way), 60);
    },
  };
  useHotkeys(
    [
      ['mod+Z', () => desk.undo()],
      ['mod+shift+Z', () => desk.redo()],
    ],
    [],
  );
  return (
    <GoContext value={go}>
      <Head
        project={project}
        view={view}
        onView={(next) => {
          desk.flush();
          show({ view: next });
        }}
      />
      <Conflict />
      <div className={classes.panes} data-test={isTesting}>
        <Outline part={part} />
        <section className={classes.editor} aria-label={say('builder.editor')}>
          {view === 'yaml' ? (
            <Suspense fallback={<Loading rows={14} />}>
              <CodeEditor target={target} />
            </Suspense>
          ) : (
            <PartEditor part={part} project={project} />
          )}
        </section>
        <TestPanel
          project={project}
          part={part}
          isOpen={isTesting || !isWide}
          onToggle={() => showTest(!isTesting)}
        />
      </div>
      <Sharing />
    </GoContext>
  );
}

/** The field of a place, or what it lies in that is there. */
function focusOn(way: Way): void {
  for (let length = way.length; length > 0; length--) {
    const element = document.getElementById(idOfWay(way.slice(0, length)));
    if (element !== null) {
      element.scrollIntoView({ block: 'center' });
      element.focus();
      return;
    }
  }
}

function Head({
  project,
  view,
  onView,
}: {
  project: Project;
  view: 'form' | 'yaml';
  onView: (view: 'form' | 'yaml') => void;
}) {
  const say = useSay();
  const desk = useDesk();
  const [dialog, open] = useState<'publish' | 'versions' | 'name'>();
  const exported = async () => {
    await desk.save();
    const content = await builder.export(desk.projectId).catch(() => undefined);
    if (content === undefined) {
      save(new Blob([desk.manifest.text], { type: 'application/yaml' }), 'manifest.yaml');
    } else {
      save(content, `${desk.name}.zip`);
    }
  };
  return (
    <>
      <PageHeader
        title={desk.name}
        status={<SaveState />}
        actions={
          <>
            <SegmentedControl
              size="xs"
              aria-label={say('form.mode')}
              value={view}
              onChange={(value) => onView(value === 'yaml' ? 'yaml' : 'form')}
              data={[
                { value: 'form', label: say('form.mode.form') },
                { value: 'yaml', label: say('form.mode.yaml') },
              ]}
            />
            <Button
              variant="default"
              size="xs"
              disabled={!desk.canUndo}
              onClick={() => desk.undo()}
              title={say('builder.undo.keys')}
            >
              {say('builder.undo')}
            </Button>
            <Button
              variant="default"
              size="xs"
              disabled={!desk.canRedo}
              onClick={() => desk.redo()}
              title={say('builder.redo.keys')}
            >
              {say('builder.redo')}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" size="xs" aria-label={say('builder.moreOf', { name: desk.name })}>
                  <Icon name="dots" />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {!desk.isReadOnly && (
                  <Menu.Item onClick={() => open('name')} leftSection={<Icon name="edit" />}>
                    {say('builder.rename')}
                  </Menu.Item>
                )}
                <Menu.Item onClick={() => open('versions')} leftSection={<Icon name="clock" />}>
                  {say('builder.versions')}
                </Menu.Item>
                <Menu.Item onClick={() => void exported()} leftSection={<Icon name="upload" />}>
                  {say('builder.export')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <Button size="xs" disabled={desk.isReadOnly} onClick={() => open('publish')}>
              {say('builder.publish')}
            </Button>
          </>
        }
      />
      {dialog === 'publish' && <PublishDialog project={project} onClose={() => open(undefined)} />}
      {dialog === 'versions' && <VersionsDialog project={project} onClose={() => open(undefined)} />}
      {dialog === 'name' && <Rename onClose={() => open(undefined)} />}
    </>
  );
}

function Rename({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const desk = useDesk();
  const [name, setName] = useState(desk.name);
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('builder.rename')}
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          desk.rename(name.trim());
          onClose();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={say('builder.name')}
            value={name}
            maxLength={256}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === ''}>
            {say('action.save')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

function SaveState() {
  const say = useSay();
  const desk = useDesk();
  return (
    <Text size="sm" c={desk.saving === 'failed' ? 'var(--sl-error)' : 'dimmed'} role="status">
      {desk.isReadOnly ? say('builder.readOnly') : say(`builder.saving.${desk.saving}`)}
    </Text>
  );
}

/** Somebody else has saved meanwhile, or nothing could be saved. */
function Conflict() {
  const say = useSay();
  const desk = useDesk();
  if (desk.saving === 'failed' && desk.failure !== undefined) {
    return <ErrorCard error={desk.failure} onRetry={() => void desk.save()} />;
  }
  if (desk.saving !== 'conflict') {
    return null;
  }
  return (
    <Alert color="yellow" title={say('builder.conflict')} mb="sm" role="alert">
      <Text size="sm">{desk.failure?.message}</Text>
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={() => void desk.takeTheirs()}>
          {say('builder.conflict.theirs')}
        </Button>
        <Button size="xs" onClick={() => void desk.keepMine()}>
          {say('builder.conflict.mine')}
        </Button>
      </Group>
    </Alert>
  );
}

/** Asks for whom something shared is changed. */
function Sharing() {
  const say = useSay();
  const { asking } = useDesk();
  if (asking === undefined) {
    return null;
  }
  return (
    <Modal
      opened
      onClose={() => asking.answer(undefined)}
      title={say('builder.sharing')}
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <Stack gap="sm">
        <Text>{say('builder.sharing.text', { name: nameOf(asking.pointer), count: asking.uses })}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => asking.answer('here')}>
            {say('builder.sharing.here')}
          </Button>
          <Button data-autofocus onClick={() => asking.answer('all')}>
            {say('builder.sharing.all', { count: asking.uses })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
