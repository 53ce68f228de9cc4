import { Alert, Button, Checkbox, Group, List, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { ErrorCard, Loading } from '../../ui/states';
import { useDesk } from './desk';
import { builder, type Impact, type Project } from './server';

/** Makes the draft a version that sources can use: what is wrong with it, what it does to whom, a note. */
export function PublishDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const desk = useDesk();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [activate, setActivate] = useState(true);
  const [reason, setReason] = useState('');
  const impact = useQuery({
    queryKey: ['builder', 'impact', project.projectId],
    queryFn: async ({ signal }) => {
      await desk.save();
      return builder.impact(project.projectId, signal);
    },
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const publishing = useMutation({
    mutationFn: () =>
      builder.publish(project.projectId, {
        note: note.trim(),
        activate,
        ...(reason.trim() === '' ? {} : { ignoreWarnings: reason.trim() }),
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['builder'] });
      void queries.invalidateQueries({ queryKey: ['definitions'] });
    },
  });
  const checks = impact.data?.checks ?? [];
  const hasErrors = checks.some((each) => isError(each.severity));
  // What breaks wants a reason as well.
  const hasWarnings =
    checks.some((each) => !isError(each.severity)) || (impact.data?.breaking.length ?? 0) > 0;
  if (publishing.data !== undefined) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={say('builder.published')}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        <Stack gap="sm">
          <Text>
            {say('builder.published.text', { version: String(publishing.data.version), name: desk.name })}
          </Text>
          <Link
            to="/w/$ws/sources/new/$definitionId"
            params={{ ws, definitionId: publishing.data.definitionId }}
          >
            {say('builder.published.use')}
          </Link>
        </Stack>
      </Modal>
    );
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={say('builder.publish')}
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <Stack gap="sm">
        {impact.isPending && <Loading rows={4} />}
        {impact.isError && <ErrorCard error={impact.error} onRetry={() => void impact.refetch()} />}
        {impact.data !== undefined && <ImpactView impact={impact.data} />}
        <Textarea
          label={say('builder.note')}
          description={say('builder.note.text')}
          required
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          data-autofocus
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {hasWarnings && !hasErrors && (
          <Textarea
            label={say('builder.reason')}
            description={say('builder.reason.text')}
            required
            autosize
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <Checkbox
          label={say('builder.activate')}
          checked={activate}
          onChange={(event) => setActivate(event.currentTarget.checked)}
        />
        {publishing.isError && <Refused error={publishing.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {say('action.cancel')}
          </Button>
          <Button
            loading={publishing.isPending}
            disabled={hasErrors || note.trim() === '' || (hasWarnings && reason.trim() === '')}
            onClick={() => publishing.mutate()}
          >
            {say('builder.publish.now')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function isError(severity: string): boolean {
  return severity.toLowerCase() === 'error';
}

function ImpactView({ impact }: { impact: Impact }) {
  const say = useSay();
  const ws = useWorkspaceId();
  return (
    <>
      {impact.checks.length === 0 ? (
        <Text size="sm">
          <Icon name="circleCheck" /> {say('builder.checks.none')}
        </Text>
      ) : (
        <List size="sm" listStyleType="none" aria-label={say('builder.checks')}>
          {impact.checks.map((each, index) => (
            <List.Item key={index} icon={<Icon name={isError(each.severity) ? 'octagon' : 'warn'} />}>
              {each.stream == null ? each.message : `${each.stream}: ${each.message}`}
            </List.Item>
          ))}
        </List>
      )}
      {impact.breaking.length > 0 && (
        <Alert color="yellow" title={say('builder.breaking')}>
          <List size="sm">
            {impact.breaking.map((each, index) => (
              <List.Item key={index}>{`${each.stream}: ${each.what}`}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {impact.connections.length > 0 && (
        <div>
          <Text size="sm" fw={500}>
            {say('builder.connections', { count: impact.connections.length })}
          </Text>
          <List size="sm">
            {impact.connections.map((each) => (
              <List.Item key={each.connectionId}>
                <Link
                  to="/w/$ws/connections/$connectionId/$tab"
                  params={{ ws, connectionId: each.connectionId, tab: 'status' }}
                >
                  {each.name}
                </Link>
                {`: ${each.effect}`}
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </>
  );
}

/** What the server refuses, with all that it found. */
function Refused({ error }: { error: unknown }) {
  const { data } = asProblem(error);
  const impact = data.impact as Partial<Impact> | undefined;
  const problems = impact?.checks ?? [];
  return (
    <>
      <ErrorCard error={error} />
      {problems.length > 0 && (
        <List size="sm">
          {problems.map((each, index) => (
            <List.Item key={index}>{each.message}</List.Item>
          ))}
        </List>
      )}
    </>
  );
}
