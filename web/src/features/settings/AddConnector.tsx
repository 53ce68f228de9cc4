import {
  Button,
  FileButton,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { ConnectorWish } from '../../api/schema';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { ErrorCard } from '../../ui/states';
import { Section } from './Section';

type Origin = ConnectorWish['origin'];
const ORIGINS: Origin[] = ['manifest', 'image', 'pypi', 'npm'];

/** Brings a connector to the workspace: a manifest as a text, file or address, an image, or a package. */
export function AddConnector({ onAdded }: { onAdded: () => void }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const [origin, setOrigin] = useState<Origin>('manifest');
  const [kind, setKind] = useState<ConnectorWish['kind']>('source');
  const [name, setName] = useState('');
  const [place, setPlace] = useState('');
  const [version, setVersion] = useState('');
  const [text, setText] = useState('');
  const isManifest = origin === 'manifest';
  const isWhole =
    name.trim() !== '' &&
    (isManifest ? text.trim() !== '' || place.trim() !== '' : place.trim() !== '' && version.trim() !== '');
  const adding = useMutation({
    mutationFn: () =>
      ok(
        api.POST('/api/sluice/v1/workspaces/{workspaceId}/connectors', {
          params: { path: { workspaceId: ws } },
          body: wish({ origin, kind, name: name.trim(), place: place.trim(), version: version.trim(), text }),
        }),
      ),
    onSuccess: () => {
      setName('');
      setPlace('');
      setVersion('');
      setText('');
      onAdded();
    },
  });
  return (
    <Section title={say('prefs.connector.add')} text={say(`prefs.connector.text.${origin}`)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          adding.mutate();
        }}
      >
        <Stack gap="sm" maw={640}>
          <SegmentedControl
            aria-label={say('prefs.connector.origin')}
            value={origin}
            data={ORIGINS.map((each) => ({ value: each, label: say(`prefs.definitions.origin.${each}`) }))}
            onChange={(value) => setOrigin(ORIGINS.find((each) => each === value) ?? 'manifest')}
          />
          <TextInput
            label={say('prefs.connector.name')}
            value={name}
            maxLength={256}
            required
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {!isManifest && (
            <Select
              label={say('prefs.definitions.kind')}
              allowDeselect={false}
              value={kind}
              data={[
                { value: 'source', label: say('connection.source') },
                { value: 'destination', label: say('connection.destination') },
              ]}
              onChange={(value) => setKind(value === 'destination' ? 'destination' : 'source')}
            />
          )}
          <Group grow align="flex-start">
            <TextInput
              label={say(`prefs.connector.place.${origin}`)}
              value={place}
              disabled={isManifest && text !== ''}
              onChange={(event) => setPlace(event.currentTarget.value)}
            />
            {!isManifest && (
              <TextInput
                label={say('prefs.definitions.version')}
                value={version}
                onChange={(event) => setVersion(event.currentTarget.value)}
              />
            )}
          </Group>
          {isManifest && (
            <>
              <Textarea
                label={say('prefs.connector.manifest')}
                rows={8}
                spellCheck={false}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
              <FileButton
                accept=".yaml,.yml,.json"
                onChange={(file) => void file?.text().then((content) => setText(content))}
              >
                {(props) => (
                  <Button variant="default" w="fit-content" {...props}>
                    {say('prefs.connector.file')}
                  </Button>
                )}
              </FileButton>
            </>
          )}
          {adding.isError && <ErrorCard error={adding.error} title={say('prefs.connector.notAdded')} />}
          <Button type="submit" w="fit-content" loading={adding.isPending} disabled={!isWhole}>
            {say('prefs.connector.add')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}

interface Entered {
  origin: Origin;
  kind: ConnectorWish['kind'];
  name: string;
  place: string;
  version: string;
  text: string;
}

function wish({ origin, kind, name, place, version, text }: Entered): ConnectorWish {
  if (origin === 'manifest') {
    return {
      kind: 'source',
      origin,
      name,
      ...(text.trim() === '' ? { manifestUrl: place } : { manifestText: text }),
    };
  }
  return { kind, origin, name, version, ...(origin === 'image' ? { image: place } : { package: place }) };
}
