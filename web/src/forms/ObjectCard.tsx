import { Collapse, Group, Paper, Switch, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import type { ControlProps } from './FieldControl';
import { Label } from './Label';
import { section } from './plan';
import { FieldList } from './SpecForm';
import { idOf, useForm, useValue } from './store';
import { initialOf } from './values';

const DEEP = 3;

/** Values that belong together. Where nobody needs them there is a switch: having none is not the same as empty ones. */
export function ObjectCard({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = useValue(path);
  const [isOpen, setOpen] = useState(path.length <= DEEP);
  const { required, optional } = section(field.key, field.title, field.fields);
  const isThere = field.isRequired || value !== undefined;
  return (
    <Paper withBorder p="sm" id={idOf(path)} tabIndex={-1}>
      <Group gap="sm" wrap="nowrap" align="flex-start" mb={isThere ? 'sm' : 0}>
        {!field.isRequired && (
          <Switch
            mt={2}
            aria-label={say('form.on', { field: field.title })}
            checked={isThere}
            onChange={(event) =>
              store.set(path, event.currentTarget.checked ? initialOf(field.fields) : undefined)
            }
          />
        )}
        <Label field={field} />
        {path.length > DEEP && (
          <UnstyledButton aria-expanded={isOpen} aria-label={field.title} onClick={() => setOpen(!isOpen)}>
            <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} />
          </UnstyledButton>
        )}
      </Group>
      {isThere && (
        <Collapse expanded={isOpen} transitionDuration={120}>
          <FieldList required={required} optional={optional} path={path} />
        </Collapse>
      )}
    </Paper>
  );
}
