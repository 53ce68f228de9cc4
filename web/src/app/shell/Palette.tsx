import { Kbd, Modal, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { connectionPage } from '../../api/connections';
import { useSay } from '../../i18n/i18n';
import type { MessageId } from '../../i18n/messages';
import { useWorkspaceId } from '../workspace';
import classes from './Palette.module.css';

interface Goal {
  key: string;
  label: string;
  to: string;
  params?: Record<string, string>;
}

const PLACES: { key: string; label: MessageId; to: string }[] = [
  { key: 'h', label: 'nav.home', to: '/w/$ws/home' },
  { key: 'c', label: 'nav.connections', to: '/w/$ws/connections' },
  { key: 's', label: 'nav.sources', to: '/w/$ws/sources' },
  { key: 'd', label: 'nav.destinations', to: '/w/$ws/destinations' },
  { key: 'b', label: 'nav.builder', to: '/w/$ws/builder' },
  { key: 'j', label: 'nav.jobs', to: '/w/$ws/jobs' },
  { key: 'a', label: 'nav.alerts', to: '/w/$ws/alerts' },
  { key: 'e', label: 'nav.settings', to: '/w/$ws/settings' },
  { key: '?', label: 'nav.docs', to: '/w/$ws/docs' },
  { key: 'n', label: 'page.connections.new', to: '/w/$ws/connections/new' },
];

/** Where one types, letters are letters. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** Goes anywhere by name (Ctrl+K), by two letters (g c), and shows which letters there are (?). */
export function Palette() {
  const say = useSay();
  const ws = useWorkspaceId();
  const go = useNavigate();
  const [shown, show] = useState<'palette' | 'keys'>();
  useEffect(() => {
    let wasG = false;
    function onKey(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        show('palette');
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
        wasG = false;
        return;
      }
      const place = wasG ? PLACES.find((each) => each.key === event.key) : undefined;
      wasG = event.key === 'g';
      if (place !== undefined) {
        void go({ to: place.to, params: { ws } as never });
      } else if (event.key === '?') {
        show('keys');
      } else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('main input[type=search]');
        if (search !== null) {
          event.preventDefault();
          search.focus();
        }
      }
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [go, ws]);
  return (
    <>
      <Modal
        opened={shown === 'palette'}
        onClose={() => show(undefined)}
        title={say('palette.title')}
        size="lg"
      >
        <Find
          onGo={(goal) => {
            show(undefined);
            void go({ to: goal.to, params: { ws, ...goal.params } as never });
          }}
        />
      </Modal>
      <Modal opened={shown === 'keys'} onClose={() => show(undefined)} title={say('keys.title')}>
        <Table>
          <Table.Tbody>
            <Key keys={['Ctrl', 'K']} label={say('palette.title')} />
            {PLACES.map((place) => (
              <Key key={place.key} keys={['g', place.key]} label={say(place.label)} />
            ))}
            <Key keys={['/']} label={say('keys.search')} />
            <Key keys={['?']} label={say('keys.title')} />
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  );
}

function Key({ keys, label }: { keys: string[]; label: string }) {
  return (
    <Table.Tr>
      <Table.Td>
        {keys.map((key) => (
          <Kbd key={key} mr={4}>
            {key}
          </Kbd>
        ))}
      </Table.Td>
      <Table.Td>{label}</Table.Td>
    </Table.Tr>
  );
}

function Find({ onGo }: { onGo: (goal: Goal) => void }) {
  const say = useSay();
  const ws = useWorkspaceId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = useQuery({
    queryKey: ['connections', ws, 'palette', text],
    queryFn: ({ signal }) =>
      connectionPage(ws, text === '' ? {} : { q: text }, { offset: 0, limit: 8 }, signal),
  });
  const goals: Goal[] = [
    ...PLACES.map((place) => ({ ...place, label: say(place.label) })).filter(({ label }) =>
      label.toLowerCase().includes(text.toLowerCase()),
    ),
    ...(/^\d+$/.test(text)
      ? [
          {
            key: `job ${text}`,
            label: say('palette.job', { id: text }),
            to: '/w/$ws/jobs/$jobId',
            params: { jobId: text },
          },
        ]
      : []),
    ...(found.data ?? []).map((connection) => ({
      key: connection.connectionId,
      label: connection.name,
      to: '/w/$ws/connections/$connectionId/$tab',
      params: { connectionId: connection.connectionId, tab: 'status' },
    })),
  ];
  const current = Math.min(at, goals.length - 1);
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="palette"
        aria-activedescendant={goals[current] === undefined ? undefined : `palette-${current}`}
        aria-label={say('palette.find')}
        placeholder={say('palette.find')}
        value={text}
        mb="xs"
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (by !== 0) {
            event.preventDefault();
            setAt((current + by + goals.length) % Math.max(1, goals.length));
          } else if (event.key === 'Enter' && goals[current] !== undefined) {
            onGo(goals[current]);
          }
        }}
      />
      <ul id="palette" role="listbox" aria-label={say('palette.title')} className={classes.list}>
        {goals.map((goal, index) => (
          <li
            key={goal.key}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === current}
            className={classes.goal}
            onMouseEnter={() => setAt(index)}
            onClick={() => onGo(goal)}
          >
            {goal.label}
          </li>
        ))}
      </ul>
    </>
  );
}
