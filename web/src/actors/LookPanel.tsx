import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { look, stopLook, type Look, type Step, type StepProblem } from '../api/looks';
import { useSay } from '../i18n/i18n';
import { useFormat } from '../ui/format';
import { Icon } from '../ui/icons';
import { ErrorCard } from '../ui/states';
import { StatusChip } from '../ui/StatusChip';
import classes from './actors.module.css';

/** A check or a discovery: its steps as they are known, its log as it grows, and what to do where it fails. */
export function LookPanel({
  jobId,
  title,
  name,
  onEnd,
  onAgain,
}: {
  jobId: number;
  title: string;
  name: string;
  onEnd?: (look: Look) => void;
  onAgain?: () => void;
}) {
  const say = useSay();
  const { data, error, isError, refetch } = useQuery(look(jobId));
  const isTold = useRef(0);
  useEffect(() => {
    if (data?.isOver === true && isTold.current !== jobId) {
      isTold.current = jobId;
      onEnd?.(data);
    }
  }, [data, jobId, onEnd]);
  const status = data?.job.status ?? 'pending';
  return (
    <Paper withBorder p="md" role="region" aria-label={title}>
      <Group justify="space-between" mb="sm">
        <Group gap="sm">
          <Text fw={600}>{status === 'succeeded' ? say('look.ok', { name }) : title}</Text>
          <StatusChip status={status} />
          <Time key={jobId} look={data} />
        </Group>
        {data?.isOver === true ? (
          onAgain && (
            <Button
              size="xs"
              variant="default"
              onClick={onAgain}
              leftSection={<Icon name="refresh" size={14} />}
            >
              {say('look.again')}
            </Button>
          )
        ) : (
          <Button
            size="xs"
            variant="default"
            onClick={() => void stopLook(jobId)}
            leftSection={<Icon name="stop" size={14} />}
          >
            {say('look.stop')}
          </Button>
        )}
      </Group>
      <Stack gap="sm">
        {isError && <ErrorCard error={error} onRetry={() => void refetch()} />}
        {data !== undefined && <Steps steps={data.steps} />}
        {status === 'failed' && data?.problem !== undefined && <Failure problem={data.problem} />}
        {data !== undefined && (
          <details open={!data.isOver}>
            <summary>{say('look.log')}</summary>
            <pre className={classes.log} aria-live="off">
              {data.lines.length === 0
                ? say('look.log.empty')
                : data.lines
                    .map((line) => `${line.at.slice(11, 19)} ${line.level} ${line.message}`)
                    .join('\n')}
            </pre>
          </details>
        )}
      </Stack>
    </Paper>
  );
}

function Time({ look: data }: { look: Look | undefined }) {
  const say = useSay();
  const format = useFormat();
  const [begun] = useState(() => Date.now());
  const [now, setNow] = useState(begun);
  const isOver = data?.isOver === true;
  useEffect(() => {
    if (isOver) {
      return undefined;
    }
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isOver]);
  const started = data?.job.startedAt;
  const ended = data?.job.endedAt;
  const text =
    started !== undefined && ended !== undefined
      ? say('look.elapsed', { time: format.duration((Date.parse(ended) - Date.parse(started)) / 1000) })
      : say('look.running', { time: format.duration((now - begun) / 1000) });
  return (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  );
}

function Steps({ steps }: { steps: Step[] }) {
  const say = useSay();
  if (steps.length === 0) {
    return null;
  }
  return (
    <ol className={classes.steps}>
      {steps.map((step) => {
        const isFailed = step.problem !== undefined;
        return (
          <li key={step.name} className={classes.step} data-state={isFailed ? 'failed' : 'ok'}>
            <Icon name={isFailed ? 'octagon' : 'circleCheck'} />
            <span>
              {step.name}{' '}
              <span className="sl-visually-hidden">
                {say(isFailed ? 'look.step.failed' : 'look.step.ok')}
              </span>
              {step.detail && (
                <Text span size="sm" c="dimmed">
                  {step.detail}
                </Text>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Failure({ problem }: { problem: StepProblem }) {
  const say = useSay();
  const isLocal = /\b(localhost|127\.0\.0\.1)\b/.test(
    `${problem.where ?? ''} ${problem.why ?? ''} ${problem.message}`,
  );
  return (
    <Alert color="red" role="alert" title={`${problem.message} (${problem.code})`}>
      <Stack gap={4}>
        {problem.where && <Text size="sm">{say('look.where', { where: problem.where })}</Text>}
        {problem.why && <Text size="sm">{problem.why}</Text>}
        {problem.fix && (
          <Text size="sm" fw={600}>
            {say('look.fix', { fix: problem.fix })}
          </Text>
        )}
        {isLocal && <Text size="sm">{say('look.local')}</Text>}
      </Stack>
    </Alert>
  );
}
