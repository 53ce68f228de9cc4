import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useSay } from '../i18n/i18n';
import { Icon } from './icons';

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const say = useSay();
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon name={clipboard.copied ? 'check' : 'copy'} />}
      onClick={() => clipboard.copy(text)}
    >
      <span aria-live="polite">
        {clipboard.copied ? say('action.copied') : (label ?? say('action.copy'))}
      </span>
    </Button>
  );
}
