import { Group, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useSay } from '../i18n/i18n';

/**
 * The head of a page: its title, a status, its one primary action. Puts the title into the window's, and the focus on it
 * when one comes here from another page, so that those who listen hear where they are.
 */
export function PageHeader({
  title,
  status,
  actions,
}: {
  title: string;
  status?: ReactNode;
  actions?: ReactNode;
}) {
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  const app = say('app.name');
  useEffect(() => {
    document.title = `${title} · ${app}`;
  }, [title, app]);
  useEffect(() => {
    if (globalThis.history.state !== null && document.activeElement?.tagName !== 'INPUT') {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <Group justify="space-between" align="center" mb="md" gap="sm" wrap="wrap">
      <Group gap="sm" miw={0}>
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none', overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {status}
      </Group>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
