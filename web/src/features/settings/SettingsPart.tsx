import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, type ComponentType } from 'react';
import { Loading, NotFound } from '../../ui/states';
import { PARTS, type Part } from './parts';

const SHOWN: Record<Part, ComponentType> = {
  general: lazy(async () => ({ default: (await import('./General')).General })),
  members: lazy(async () => ({ default: (await import('./Members')).Members })),
  tokens: lazy(async () => ({ default: (await import('./Tokens')).Tokens })),
  notifications: lazy(async () => ({
    default: (await import('./NotificationSettings')).NotificationSettings,
  })),
  tags: lazy(async () => ({ default: (await import('./TagSettings')).TagSettings })),
  definitions: lazy(async () => ({ default: (await import('./Definitions')).Definitions })),
  usage: lazy(async () => ({ default: (await import('./Usage')).Usage })),
  audit: lazy(async () => ({ default: (await import('./Audit')).Audit })),
  system: lazy(async () => ({ default: (await import('./System')).System })),
};

export function SettingsPart() {
  const { part } = useParams({ strict: false });
  const known = PARTS.find((each) => each === part);
  if (known === undefined) {
    return <NotFound />;
  }
  const Shown = SHOWN[known];
  return (
    <Suspense fallback={<Loading />}>
      <Shown />
    </Suspense>
  );
}
