import { ActionIcon, Button, ColorInput, Group, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { tagList } from '../../api/connections';
import type { TagResponse } from '../../api/schema';
import { useMay } from '../../app/may';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { ErrorCard, Loading } from '../../ui/states';
import { Section } from './Section';
import classes from './Settings.module.css';

const COLOURS = ['1F5FD0', '1A7F4B', '8A5A00', 'C0262D', '6A5ACD', '0B6FA4', '57606A'];

/** Labels of connections. */
export function TagSettings() {
  const say = useSay();
  const ws = useWorkspaceId();
  const may = useMay();
  const queries = useQueryClient();
  const tags = useQuery(tagList(ws));
  const [name, setName] = useState('');
  const [colour, setColour] = useState(COLOURS[0] ?? '');
  const [edited, edit] = useState<TagResponse>();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['tags', ws] }),
      queries.invalidateQueries({ queryKey: ['connections', ws] }),
    ]);
  const saving = useMutation({
    mutationFn: () =>
      edited === undefined
        ? ok(api.POST('/api/public/v1/tags', { body: { name: name.trim(), color: colour, workspaceId: ws } }))
        : ok(
            api.PATCH('/api/public/v1/tags/{tagId}', {
              params: { path: { tagId: edited.tagId } },
              body: { name: name.trim(), color: colour },
            }),
          ),
    onSuccess: () => {
      setName('');
      edit(undefined);
    },
    onSettled: refresh,
  });
  const deleting = useMutation({
    mutationFn: (tagId: string) =>
      ok(api.DELETE('/api/public/v1/tags/{tagId}', { params: { path: { tagId } } })),
    onSettled: refresh,
  });
  return (
    <Section title={say('prefs.tags')} text={say('prefs.tags.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') {
            saving.mutate();
          }
        }}
      >
        <Group align="flex-end" gap="xs" mb="sm">
          <TextInput
            label={say('prefs.tags.name')}
            value={name}
            maxLength={30}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ColorInput
            label={say('prefs.tags.colour')}
            w={130}
            value={`#${colour}`}
            swatches={COLOURS.map((each) => `#${each}`)}
            withEyeDropper={false}
            onChange={(value) => setColour(value.replace('#', '').toUpperCase())}
          />
          <Button type="submit" loading={saving.isPending} disabled={!may('edit') || name.trim() === ''}>
            {say(edited === undefined ? 'prefs.tags.add' : 'action.save')}
          </Button>
        </Group>
      </form>
      {saving.isError && <ErrorCard error={saving.error} title={say('settings.notSaved')} />}
      {tags.isError ? (
        <ErrorCard error={tags.error} onRetry={() => void tags.refetch()} />
      ) : tags.isPending ? (
        <Loading rows={3} />
      ) : (
        <table className="sl-table">
          <tbody>
            {tags.data.data.map((tag) => (
              <tr key={tag.tagId}>
                <td>
                  <span className={classes.dot} style={{ background: `#${tag.color}` }} />
                  {tag.name}
                </td>
                <td className="sl-number">
                  <ActionIcon
                    aria-label={say('prefs.tags.edit', { name: tag.name })}
                    disabled={!may('edit')}
                    onClick={() => {
                      edit(tag);
                      setName(tag.name);
                      setColour(tag.color);
                    }}
                  >
                    <Icon name="edit" />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={say('prefs.tags.delete', { name: tag.name })}
                    disabled={!may('edit')}
                    onClick={() => deleting.mutate(tag.tagId)}
                  >
                    <Icon name="trash" />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
