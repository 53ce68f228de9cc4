import { Code, Stack, Text } from '@mantine/core';
import type { StreamProblem } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { GoLink } from './GoLink';

/** Why something failed: what happened, where, why and what to do; the code for those who search for it. */
export function ProblemText({ problem }: { problem: StreamProblem }) {
  const say = useSay();
  return (
    <Stack gap={2} style={{ overflowWrap: 'anywhere' }}>
      <Text fw={600}>{problem.message}</Text>
      {problem.where !== undefined && (
        <Text size="sm" c="dimmed">
          {say('problem.where', { where: problem.where })}
        </Text>
      )}
      {problem.why !== undefined && <Text size="sm">{problem.why}</Text>}
      {problem.fix !== undefined && <Text size="sm">{say('problem.fix', { fix: problem.fix })}</Text>}
      <Text size="sm" c="dimmed">
        <GoLink
          to="/w/$ws/docs/$guide"
          params={{ guide: 'problems' }}
          hash={problem.code.toLowerCase()}
          title={say('problem.explained')}
        >
          <Code>{problem.code}</Code>
        </GoLink>{' '}
        {side(say, problem.kind)}
      </Text>
    </Stack>
  );
}

/** Whose matter it is, as far as its kind tells. */
function side(say: ReturnType<typeof useSay>, kind: string): string {
  switch (kind) {
    case 'CONFIG':
    case 'PERMISSION':
      return say('problem.kind.config');
    case 'UNREACHABLE':
    case 'TRANSIENT':
      return say('problem.kind.network');
    case 'DATA':
      return say('problem.kind.data');
    case 'CANCELLED':
      return say('problem.kind.cancelled');
    default:
      return say('problem.kind.server');
  }
}
