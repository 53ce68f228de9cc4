import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { useSay } from '../i18n/i18n';
import { CopyButton } from './CopyButton';
import { Icon, type IconName } from './icons';

/** Lines in the place of what is being loaded. Not at once: what comes quickly should not flicker. */
export function Loading({ rows = 6, height = 20 }: { rows?: number; height?: number }) {
  const say = useSay();
  const [isVisible, show] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => show(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Stack gap="sm" role="status" aria-label={say('loading.label')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="sm" visible={isVisible} opacity={isVisible ? 1 : 0} />
      ))}
    </Stack>
  );
}

/** What went wrong, in words, with what to tell those who help. The rest of the page stays usable. */
export function ErrorCard({
  error,
  onRetry,
  title,
}: {
  error: unknown;
  onRetry?: () => void;
  title?: string;
}) {
  const say = useSay();
  const problem = asProblem(error);
  const details = [
    problem.message,
    `code: ${problem.code}`,
    problem.requestId && `request: ${problem.requestId}`,
  ]
    .filter(Boolean)
    .join('\n');
  return (
    <Paper withBorder p="md" role="alert">
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <Text c="var(--sl-error)" component="span" lh={1}>
          <Icon name="octagon" size={20} />
        </Text>
        <Stack gap={6} miw={0}>
          <Text fw={600}>{title ?? say(problem.status === 403 ? 'error.forbidden' : 'error.title')}</Text>
          <Text style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {problem.isOffline && problem.code === 'unreachable' ? say('error.offline') : problem.message}
          </Text>
          <Text size="sm" c="dimmed">
            {say('error.code', { code: problem.code })}
            {problem.requestId === undefined ? null : ` · ${say('error.request', { id: problem.requestId })}`}
          </Text>
          <Group gap="xs" mt={4}>
            {onRetry && (
              <Button variant="default" size="xs" onClick={onRetry} leftSection={<Icon name="refresh" />}>
                {say('action.retry')}
              </Button>
            )}
            <CopyButton text={details} label={say('action.copyDetails')} />
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}

/** That there is nothing yet: what would be here, and the one thing to do. */
export function Empty({
  icon,
  title,
  text,
  action,
}: {
  icon: IconName;
  title: string;
  text?: string;
  action?: ReactNode;
}) {
  return (
    <Stack align="center" gap="sm" py={56} px="md" ta="center">
      <Text c="dimmed" component="span" lh={1}>
        <Icon name={icon} size={32} />
      </Text>
      <Title order={2} size="h3">
        {title}
      </Title>
      {text && (
        <Text c="dimmed" maw={520}>
          {text}
        </Text>
      )}
      {action}
    </Stack>
  );
}

export function NotFound({ path }: { path?: string }) {
  const say = useSay();
  return (
    <Empty
      icon="search"
      title={say('notFound.title')}
      text={say('notFound.text', { path: path ?? globalThis.location.pathname })}
      action={
        <Button component="a" href="/" variant="default">
          {say('action.home')}
        </Button>
      }
    />
  );
}
