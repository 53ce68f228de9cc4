import { Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useSay } from '../i18n/i18n';
import { Loading } from '../ui/states';
import type { ControlProps } from './FieldControl';
import { Label } from './Label';
import { idOf, useForm, useValue } from './store';
import { useError } from './texts';

const YamlEditor = lazy(() => import('./YamlEditor'));

/** A part that no control exists for. The rest of the form stays a form. */
export function RawControl({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = useValue(path);
  const error = useError(path);
  return (
    <Stack gap={4}>
      <Label field={field} htmlFor={idOf(path)} />
      <Suspense fallback={<Loading rows={2} />}>
        <YamlEditor
          id={idOf(path)}
          label={say('form.raw.label', { field: field.title })}
          value={value}
          onChange={(next) => store.set(path, next ?? undefined)}
        />
      </Suspense>
      <Text size="xs" c={error === undefined ? 'dimmed' : 'var(--sl-error)'}>
        {error ?? say('form.raw.why')}
      </Text>
    </Stack>
  );
}
