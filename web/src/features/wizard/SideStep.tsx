import { Anchor, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActorEditor } from '../../actors/ActorEditor';
import { ConnectorIcon } from '../../actors/ConnectorIcon';
import { isMeant } from '../../actors/connectorLook';
import { Gallery } from '../../actors/Gallery';
import { actors, connectors, type Actor, type Kind } from '../../api/actors';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { ErrorCard, Loading } from '../../ui/states';
import type { Document } from './draft';
import classes from './Wizard.module.css';
import type { StepProps } from './WizardPage';

/** Chooses a side: one that is there, or a new one. */
export function SideStep({ kind, document, change, go }: StepProps & { kind: Kind }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const [mode, setMode] = useState<'existing' | 'new'>();
  const [definitionId, setDefinition] = useState<string>();
  const { data, error, isError, refetch } = useInfiniteQuery(actors(ws, kind));
  const all = data?.pages.flat();
  function choose(actor: Actor) {
    change(withSide(document, kind, actor));
    go(kind === 'source' ? 'destination' : 'streams');
  }
  if (isError) {
    return <ErrorCard error={error} onRetry={() => void refetch()} />;
  }
  if (all === undefined) {
    return <Loading />;
  }
  const shown = mode ?? (all.length > 0 ? 'existing' : 'new');
  const chosen = kind === 'source' ? document.source?.sourceId : document.destination?.destinationId;
  return (
    <Stack gap="md">
      <SegmentedControl
        w="fit-content"
        aria-label={say(`wizard.step.${kind}`)}
        value={shown}
        onChange={(value) => {
          setMode(value === 'new' ? 'new' : 'existing');
          setDefinition(undefined);
        }}
        data={[
          { value: 'existing', label: say('wizard.side.existing'), disabled: all.length === 0 },
          { value: 'new', label: say('wizard.side.new') },
        ]}
      />
      {shown === 'existing' ? (
        <Existing kind={kind} all={all} chosen={chosen} onChoose={choose} />
      ) : definitionId === undefined ? (
        <Gallery
          kind={kind}
          onChoose={(id) => {
            // It is among those that are there as soon as it is saved; what is shown stays nevertheless.
            setMode('new');
            setDefinition(id);
          }}
        />
      ) : (
        <Stack gap="md">
          <Anchor component="button" size="sm" w="fit-content" onClick={() => setDefinition(undefined)}>
            {say('editor.back')}
          </Anchor>
          <ActorEditor kind={kind} definitionId={definitionId} onDone={choose} />
        </Stack>
      )}
    </Stack>
  );
}

/** Another side means other streams: what was chosen of the ones before is not for it. */
export function withSide(document: Document, kind: Kind, actor: Actor): Document {
  const isSame =
    kind === 'source'
      ? document.source?.sourceId === actor.id
      : document.destination?.destinationId === actor.id;
  const page = isSame ? document.page : {};
  return kind === 'source'
    ? { ...document, page, source: { sourceId: actor.id, name: actor.name } }
    : { ...document, page, destination: { destinationId: actor.id, name: actor.name } };
}

function Existing({
  kind,
  all,
  chosen,
  onChoose,
}: {
  kind: Kind;
  all: Actor[];
  chosen: string | undefined;
  onChoose: (actor: Actor) => void;
}) {
  const say = useSay();
  const [text, setText] = useState('');
  const { data } = useQuery(connectors(useWorkspaceId(), kind));
  const title = new Map(data?.map((each) => [each.definitionId, each.name]));
  const shown = all.filter((each) => isMeant({ name: each.name, connector: each.connector }, text));
  return (
    <Stack gap="sm" maw={720}>
      <TextInput
        leftSection={<Icon name="search" />}
        aria-label={say('wizard.side.search')}
        placeholder={say('wizard.side.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ul className={`${classes.sides ?? ''} sl-card`}>
        {shown.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              className={classes.side}
              aria-pressed={each.id === chosen}
              onClick={() => onChoose(each)}
            >
              <ConnectorIcon name={title.get(each.definitionId) ?? each.connector} />
              <span style={{ flex: 1 }}>
                <strong>{each.name}</strong>{' '}
                <Text span size="sm" c="dimmed">
                  {title.get(each.definitionId) ?? each.connector}
                </Text>
              </span>
              {each.id === chosen ? say('wizard.side.chosen') : <Icon name="chevronRight" />}
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <Text c="dimmed">{say('actors.noMatch', { text })}</Text>}
    </Stack>
  );
}
