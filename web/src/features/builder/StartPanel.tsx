import {
  Button,
  Checkbox,
  FileButton,
  Group,
  List,
  Paper,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { useWorkspaceId } from '../../app/workspace';
import { BLANK } from '../../builder/manifest';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { ErrorCard } from '../../ui/states';
import { builder, type ImportedApi } from './server';
import classes from './Builder.module.css';

const WAYS = ['blank', 'yaml', 'curl', 'openapi', 'fork'] as const;
type StartWay = (typeof WAYS)[number];
const LARGEST = 8 * 1024 * 1024;

/** How a connector begins: from nothing, or from what there is already. */
export function StartPanel({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const go = useNavigate();
  const [way, setWay] = useState<StartWay>('blank');
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [definitionId, setDefinition] = useState<string | null>(null);
  const [found, setFound] = useState<ImportedApi>();
  const [chosen, setChosen] = useState<string[]>([]);
  const looking = useMutation({
    mutationFn: () => builder.openApi(text),
    onSuccess: (answer) => {
      setFound(answer);
      setChosen(answer.operations.filter((each) => each.suggested).map((each) => each.id));
    },
  });
  const making = useMutation({
    mutationFn: async () => {
      const wish = { workspaceId: ws, name: name.trim() };
      switch (way) {
        case 'blank':
          return builder.create({ ...wish, manifest: BLANK });
        case 'yaml':
          return builder.create({ ...wish, manifest: text });
        case 'curl':
          return builder.create({ ...wish, manifest: (await builder.curl(text)).manifest });
        case 'openapi':
          return builder.create({
            ...wish,
            manifest: (await builder.openApi(text, chosen)).manifest ?? BLANK,
          });
        case 'fork':
          return builder.create({ ...wish, fork: { definitionId: definitionId ?? '' } });
      }
    },
    onSuccess: ({ projectId }) => void go({ to: '/w/$ws/builder/$projectId', params: { ws, projectId } }),
  });
  const isText = way === 'yaml' || way === 'curl' || way === 'openapi';
  const isWhole =
    name.trim() !== '' &&
    (!isText || text.trim() !== '') &&
    (way !== 'fork' || definitionId !== null) &&
    (way !== 'openapi' || chosen.length > 0);
  const put = (next: string) => {
    setText(next);
    setFound(undefined);
  };
  return (
    <Paper withBorder p="md" mb="md" maw={760}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h3">
            {say('builder.new')}
          </Title>
          <SegmentedControl
            aria-label={say('builder.start')}
            value={way}
            className={classes.wrapping}
            onChange={(value) => setWay(WAYS.find((each) => each === value) ?? 'blank')}
            data={WAYS.map((value) => ({ value, label: say(`builder.start.${value}`) }))}
          />
          <Text size="sm" c="dimmed">
            {say(`builder.start.${way}.text`)}
          </Text>
          <TextInput
            label={say('builder.name')}
            required
            maxLength={256}
            value={name}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {isText && <Entry way={way} text={text} onText={put} />}
          {way === 'openapi' && (
            <Button
              variant="default"
              w="fit-content"
              disabled={text.trim() === ''}
              loading={looking.isPending}
              onClick={() => looking.mutate()}
            >
              {say('builder.openapi.look')}
            </Button>
          )}
          {way === 'openapi' && found !== undefined && (
            <Operations found={found} chosen={chosen} onChoose={setChosen} />
          )}
          {way === 'fork' && <ForkOf value={definitionId} onChoose={setDefinition} />}
          {looking.isError && <ErrorCard error={looking.error} />}
          {making.isError && <ErrorCard error={making.error} />}
          <Group gap="xs" justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {say('action.cancel')}
            </Button>
            <Button type="submit" disabled={!isWhole} loading={making.isPending}>
              {say('builder.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

function Entry({
  way,
  text,
  onText,
}: {
  way: 'yaml' | 'curl' | 'openapi';
  text: string;
  onText: (text: string) => void;
}) {
  const say = useSay();
  async function take(file: File | null) {
    if (file !== null && file.size <= LARGEST) {
      onText(await file.text());
    }
  }
  return (
    <Stack gap={4}>
      <Textarea
        label={say(`builder.entry.${way}`)}
        required
        autosize
        minRows={way === 'curl' ? 4 : 8}
        maxRows={20}
        spellCheck={false}
        value={text}
        classNames={{ input: classes.mono ?? '' }}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {way !== 'curl' && (
        <FileButton onChange={(file) => void take(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              w="fit-content"
              leftSection={<Icon name="upload" />}
            >
              {say('form.upload')}
            </Button>
          )}
        </FileButton>
      )}
    </Stack>
  );
}

function Operations({
  found,
  chosen,
  onChoose,
}: {
  found: ImportedApi;
  chosen: string[];
  onChoose: (ids: string[]) => void;
}) {
  const say = useSay();
  return (
    <>
      <Checkbox.Group
        label={say('builder.openapi.operations', { count: found.operations.length })}
        value={chosen}
        onChange={onChoose}
      >
        <Stack gap={6} mt={6} className={classes.operations}>
          {found.operations.map((each) => (
            <Checkbox
              key={each.id}
              value={each.id}
              label={`${each.method.toUpperCase()} ${each.path}`}
              description={[each.streamName, each.summary].filter(Boolean).join(' · ')}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {found.notes.length > 0 && (
        <List size="sm">
          {found.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </>
  );
}

function ForkOf({ value, onChoose }: { value: string | null; onChoose: (id: string | null) => void }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const definitions = useQuery({
    queryKey: ['definitions', 'source', ws],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/public/v1/workspaces/{workspaceId}/definitions/sources', {
          params: { path: { workspaceId: ws } },
          signal,
        }),
      ),
  });
  if (definitions.isError) {
    return <ErrorCard error={definitions.error} onRetry={() => void definitions.refetch()} />;
  }
  return (
    <Select
      label={say('builder.fork.of')}
      required
      searchable
      value={value}
      data={(definitions.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      onChange={onChoose}
    />
  );
}
