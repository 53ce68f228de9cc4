import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { useMay, type Access } from '../app/may';
import { useSay } from '../i18n/i18n';

/** A control for those who may use it. Others see it switched off, and are told why. */
export function Guarded({ need, children }: { need: Access; children: (isOff: boolean) => ReactElement }) {
  const say = useSay();
  const may = useMay();
  if (may(need)) {
    return children(false);
  }
  const reason = say(`guard.${need}`);
  return (
    <Tooltip label={reason}>
      <span tabIndex={0} aria-label={reason}>
        {children(true)}
      </span>
    </Tooltip>
  );
}
