import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Settings.module.css';

export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className={`sl-card ${classes.card ?? ''} ${classes.scroll ?? ''}`} aria-label={title}>
      <Title order={2}>{title}</Title>
      {text !== undefined && (
        <Text c="dimmed" mb="sm">
          {text}
        </Text>
      )}
      {children}
    </section>
  );
}
