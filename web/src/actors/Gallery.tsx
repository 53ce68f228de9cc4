import { Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { connectors, type Kind } from '../api/actors';
import type { Connector } from '../api/schema';
import { useWorkspaceId } from '../app/workspace';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { Empty, ErrorCard, Loading } from '../ui/states';
import classes from './actors.module.css';
import { ConnectorIcon } from './ConnectorIcon';
import { isMeant } from './connectorLook';

/** The connectors of a side, to choose one. */
export function Gallery({ kind, onChoose }: { kind: Kind; onChoose: (definitionId: string) => void }) {
  const say = useSay();
  const [text, setText] = useState('');
  const { data, error, isError, refetch } = useQuery(connectors(useWorkspaceId(), kind));
  if (isError) {
    return <ErrorCard error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return <Loading rows={4} height={64} />;
  }
  const shown = data.filter((each) => isMeant(each, text));
  return (
    <Stack gap="sm">
      <TextInput
        maw={420}
        leftSection={<Icon name="search" />}
        aria-label={say('gallery.search')}
        placeholder={say('gallery.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Text size="xs" c="dimmed" role="status">
        {say('gallery.found', { count: shown.length })}
      </Text>
      {shown.length === 0 ? (
        <Empty icon="search" title={say('gallery.none', { text })} text={say('gallery.none.text')} />
      ) : (
        <ul className={classes.gallery}>
          {shown.map((each) => (
            <li key={each.definitionId}>
              <Tile connector={each} onChoose={() => onChoose(each.definitionId)} />
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}

function Tile({ connector, onChoose }: { connector: Connector; onChoose: () => void }) {
  const say = useSay();
  return (
    <button
      type="button"
      className={classes.connector}
      disabled={!connector.isConfigurable || !connector.isAllowed}
      onClick={onChoose}
    >
      <ConnectorIcon name={connector.name} size={36} />
      <span>
        <strong>{connector.name}</strong>
        <span className={classes.facts}>
          {connector.isNative ? (
            <Tooltip label={say('gallery.native.help')}>
              <span className={classes.native}>
                <Icon name="bolt" size={12} />
                {say('gallery.native')}
              </span>
            </Tooltip>
          ) : (
            <span>{say('gallery.foreign', { origin: connector.origin })}</span>
          )}
          <span>{say(`gallery.level.${connector.supportLevel}`)}</span>
          {(!connector.isConfigurable || !connector.isAllowed) && <span>{say('gallery.unusable')}</span>}
        </span>
      </span>
    </button>
  );
}
