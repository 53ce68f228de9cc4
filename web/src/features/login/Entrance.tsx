import { Group, Paper, Stack, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Logo } from '../../app/shell/Logo';

export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <Stack component="main" align="center" pt="12vh" px="md">
      <Paper withBorder p="lg" w="100%" maw={400}>
        <Group gap="sm" mb="md">
          <Logo />
          <Title order={1} size="h2">
            {title}
          </Title>
        </Group>
        {children}
      </Paper>
    </Stack>
  );
}
