import { Alert, Paper, Stack, Text } from '@mantine/core';
import { useSay } from '../i18n/i18n';
import { CopyButton } from '../ui/CopyButton';
import { Cards } from './Cards';
import { KeyValue } from './KeyValue';
import { Label } from './Label';
import { MultiSelectControl, NumberControl, SelectControl, SwitchControl, TagsControl } from './choices';
import { DateControl, SecretControl, TextControl } from './texts';
import { ObjectCard } from './ObjectCard';
import { OneOf } from './OneOf';
import type { Field } from './plan';
import { RawControl } from './RawControl';
import { useValue } from './store';
import type { Values } from './values';

export interface ControlProps {
  field: Field;
  path: string[];
}

/** The control of a field. */
export function FieldControl({ field, path }: ControlProps) {
  const value = useValue(path);
  if (field.schema.deprecated === true && (value === undefined || value === '')) {
    return null;
  }
  return <Chosen field={field} path={path} />;
}

function Chosen({ field, path }: ControlProps) {
  switch (field.control) {
    case 'text':
    case 'textarea':
      return <TextControl field={field} path={path} />;
    case 'password':
    case 'passwordText':
      return <SecretControl field={field} path={path} />;
    case 'date':
    case 'datetime':
      return <DateControl field={field} path={path} />;
    case 'select':
    case 'segmented':
      return <SelectControl field={field} path={path} />;
    case 'number':
    case 'integer':
      return <NumberControl field={field} path={path} />;
    case 'switch':
      return <SwitchControl field={field} path={path} />;
    case 'tags':
      return <TagsControl field={field} path={path} />;
    case 'multiselect':
      return <MultiSelectControl field={field} path={path} />;
    case 'cards':
      return <Cards field={field} path={path} />;
    case 'object':
      return <ObjectCard field={field} path={path} />;
    case 'keyvalue':
      return <KeyValue field={field} path={path} />;
    case 'oneOf':
      return <OneOf field={field} path={path} />;
    case 'raw':
      return <RawControl field={field} path={path} />;
    case 'readonly':
      return <ReadOnly field={field} path={path} />;
    case 'const':
    case 'hidden':
      return null;
  }
}

function ReadOnly({ field, path }: ControlProps) {
  const value = useValue(path) ?? field.schema.default;
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return (
    <Stack gap={4}>
      <Label field={field} />
      <Paper withBorder p="xs">
        <Text ff="monospace" size="sm">
          {text}
        </Text>
      </Paper>
      <CopyButton text={text} />
    </Stack>
  );
}

/** That a value is of a kind that the spec has no longer. */
export function Gone({ field, value }: { field: Field; value: Values }) {
  const say = useSay();
  return (
    <Alert color="red" title={say('form.option.gone', { field: field.title })}>
      <Text ff="monospace" size="sm">
        {JSON.stringify(value)}
      </Text>
    </Alert>
  );
}
