import {
  ActionIcon,
  Button,
  Group,
  Menu,
  Modal,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useState } from 'react';
import type { Manifest, StreamEntry } from '../../builder/manifest';
import type { Way } from '../../builder/source';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { useDesk } from './desk';
import { useGo } from './go';
import classes from './Builder.module.css';

/** Which part of the outline a place belongs to. */
export function partOf(manifest: Manifest, way: Way): string {
  const [first, second] = way;
  if (first === 'spec') {
    return 'inputs';
  }
  if (first === 'streams' || first === 'dynamic_streams') {
    return `${first}/${second ?? 0}`;
  }
  const place = way.join('/');
  const stream = manifest.streams().find((each) => {
    const content = manifest.contentOf(each.way);
    return place === content || place.startsWith(`${content}/`);
  });
  return stream?.way.join('/') ?? 'global';
}

/** What a connector is made of. */
export function Outline({ part }: { part: string }) {
  const say = useSay();
  const desk = useDesk();
  const go = useGo();
  const [adding, setAdding] = useState<{ copy?: StreamEntry }>();
  const [find, setFind] = useState('');
  const streams = desk.manifest.streams();
  const shown = streams.filter((each) => each.name.toLowerCase().includes(find.toLowerCase()));
  const entry = (id: string, label: string, way?: Way) => {
    const issues = id === 'issues' ? desk.issues : way === undefined ? [] : desk.issuesWithin(way);
    const count = issues.filter((each) => each.severity === 'error' || id === 'issues').length;
    return (
      <UnstyledButton
        className={classes.entry}
        aria-current={part === id ? 'page' : undefined}
        onClick={() => go.to(id)}
      >
        <span className={classes.name}>{label}</span>
        {count > 0 && (
          <span className={classes.count} aria-label={say('builder.issues.count', { count })}>
            <Icon name="warn" size={12} /> {count}
          </span>
        )}
      </UnstyledButton>
    );
  };
  return (
    <nav className={classes.outline} aria-label={say('builder.outline')}>
      {entry('global', say('builder.global'), ['definitions', 'base_requester'])}
      {entry('inputs', say('builder.inputs'), ['spec'])}
      <Group justify="space-between" wrap="nowrap" mt="xs">
        <Text size="xs" fw={600} c="dimmed">
          {say('builder.streams', { count: streams.length })}
        </Text>
        <ActionIcon
          disabled={desk.isReadOnly}
          aria-label={say('builder.stream.add')}
          onClick={() => setAdding({})}
        >
          <Icon name="plus" />
        </ActionIcon>
      </Group>
      {streams.length > 12 && (
        <TextInput
          size="xs"
          aria-label={say('builder.stream.find')}
          placeholder={say('builder.stream.find')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
      )}
      <ul className={classes.list}>
        {shown.map((stream) => (
          <li key={stream.way.join('/')} className={classes.line}>
            {entry(stream.way.join('/'), stream.name, stream.way)}
            <StreamMenu
              stream={stream}
              count={streams.filter((each) => each.way[0] === 'streams').length}
              onCopy={() => setAdding({ copy: stream })}
            />
          </li>
        ))}
      </ul>
      {entry('issues', say('builder.issues'))}
      {adding !== undefined && <NewStream copy={adding.copy} onClose={() => setAdding(undefined)} />}
    </nav>
  );
}

function StreamMenu({ stream, count, onCopy }: { stream: StreamEntry; count: number; onCopy: () => void }) {
  const say = useSay();
  const desk = useDesk();
  const go = useGo();
  const [dependants, setDependants] = useState<string[]>();
  const index = Number(stream.way[1]);
  const isPlain = stream.way[0] === 'streams';
  const move = (to: number) => {
    desk.edit(desk.manifest.moveStream(index, to));
    go.to(`streams/${to}`);
  };
  function remove() {
    const needing = desk.manifest.dependants(stream);
    if (needing.length > 0) {
      setDependants(needing);
    } else {
      desk.edit(desk.manifest.removeStream(stream));
      go.to('global');
    }
  }
  if (desk.isReadOnly) {
    return null;
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={say('builder.moreOf', { name: stream.name })}>
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isPlain && <Menu.Item onClick={onCopy}>{say('builder.stream.copy')}</Menu.Item>}
          {isPlain && index > 0 && <Menu.Item onClick={() => move(index - 1)}>{say('builder.up')}</Menu.Item>}
          {isPlain && index < count - 1 && (
            <Menu.Item onClick={() => move(index + 1)}>{say('builder.down')}</Menu.Item>
          )}
          <Menu.Item onClick={remove} leftSection={<Icon name="trash" />}>
            {say('builder.stream.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={dependants !== undefined}
        onClose={() => setDependants(undefined)}
        title={say('builder.stream.remove')}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        <Text>
          {say('builder.stream.needed', { name: stream.name, streams: (dependants ?? []).join(', ') })}
        </Text>
      </Modal>
    </>
  );
}

function NewStream({ copy, onClose }: { copy: StreamEntry | undefined; onClose: () => void }) {
  const say = useSay();
  const desk = useDesk();
  const go = useGo();
  const [name, setName] = useState('');
  const isTaken = desk.manifest.stream(name.trim()) !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(copy === undefined ? 'builder.stream.add' : 'builder.stream.copy')}
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const { manifest } = desk;
          desk.edit(
            copy === undefined ? manifest.addStream(name.trim()) : manifest.copyStream(copy, name.trim()),
          );
          const made = desk.manifest.stream(name.trim());
          onClose();
          if (made !== undefined) {
            go.to(made.way.join('/'));
          }
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={say('builder.stream.name')}
            description={say('builder.stream.name.text')}
            value={name}
            required
            data-autofocus
            error={isTaken ? say('builder.stream.taken') : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === '' || isTaken}>
            {say('builder.stream.create')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
