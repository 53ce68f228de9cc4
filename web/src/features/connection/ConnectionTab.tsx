import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, type ComponentType } from 'react';
import { Loading, NotFound } from '../../ui/states';

/** Each tab is loaded when somebody looks at it. */
const TABS: Record<string, ComponentType> = {
  status: lazy(async () => ({ default: (await import('./StatusTab')).StatusTab })),
  timeline: lazy(async () => ({ default: (await import('./TimelineTab')).TimelineTab })),
  schema: lazy(async () => ({ default: (await import('./SchemaTab')).SchemaTab })),
  mappings: lazy(async () => ({ default: (await import('./MappingsTab')).MappingsTab })),
  rejected: lazy(async () => ({ default: (await import('./RejectedTab')).RejectedTab })),
  code: lazy(async () => ({ default: (await import('./CodeTab')).CodeTab })),
  settings: lazy(async () => ({ default: (await import('./SettingsTab')).SettingsTab })),
};

export function ConnectionTab() {
  const { tab } = useParams({ strict: false });
  const Shown = Object.hasOwn(TABS, tab ?? '') ? TABS[tab ?? ''] : undefined;
  return Shown === undefined ? (
    <NotFound />
  ) : (
    <Suspense fallback={<Loading />}>
      <Shown />
    </Suspense>
  );
}
