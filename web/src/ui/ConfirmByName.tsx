import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../i18n/i18n';

interface Asking {
  isOpen: boolean;
  title: string;
  /** What becomes of it. */
  text: string;
  /** What has to be typed. */
  word: string;
  action: string;
  isBusy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is done that cannot be taken back: one types its name, and so has read it. */
export function ConfirmByName(asking: Asking) {
  return (
    <Modal opened={asking.isOpen} onClose={asking.onClose} title={asking.title}>
      <Typed {...asking} />
    </Modal>
  );
}

function Typed({ text, word, action, isBusy = false, onConfirm, onClose }: Asking) {
  const say = useSay();
  const [typed, setTyped] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() === word) {
          onConfirm();
        }
      }}
    >
      <Stack gap="sm">
        <Text style={{ whiteSpace: 'pre-wrap' }}>{text}</Text>
        <TextInput
          label={say('confirm.type', { word })}
          value={typed}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {say('action.cancel')}
          </Button>
          <Button type="submit" color="red" loading={isBusy} disabled={typed.trim() !== word}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
