import {
  Alert,
  Anchor,
  Collapse,
  List,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { lazy, Suspense, useId, useMemo, useState, type ReactNode } from 'react';
import { useSay } from '../i18n/i18n';
import { Icon } from '../ui/icons';
import { Loading } from '../ui/states';
import { FieldControl } from './FieldControl';
import classes from './forms.module.css';
import { plan, type Field, type Section } from './plan';
import type { Schema } from './schema';
import { FormContext, FormStore, idOf, useComplaints } from './store';
import { complaints } from './validate';
import { initial, isValues, type Values } from './values';

// Few look at the text, and what reads it is not small.
const YamlEditor = lazy(() => import('./YamlEditor'));

/**
 * What somebody enters for a connector.
 *
 * @param stored what was there before, with masks for secrets; undefined for something new
 */
export function useSpecForm(spec: Schema, start?: Values, stored?: Values): FormStore {
  return useMemo(
    () => new FormStore(start ?? stored ?? initial(spec), (values) => complaints(spec, values, stored)),
    // A form begins once; what is entered stays when the server tells the same again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [spec],
  );
}

/** A form for the configuration of a connector, made of its spec. */
export function SpecForm({ spec, store }: { spec: Schema; store: FormStore }) {
  const say = useSay();
  const [mode, setMode] = useState<'form' | 'yaml'>('form');
  const sections = useMemo(() => plan(spec), [spec]);
  return (
    <FormContext value={store}>
      <Stack gap="md">
        <div className={classes.modes}>
          <SegmentedControl
            size="xs"
            aria-label={say('form.mode')}
            value={mode}
            onChange={(value) => setMode(value === 'yaml' ? 'yaml' : 'form')}
            data={[
              { value: 'form', label: say('form.mode.form') },
              { value: 'yaml', label: say('form.mode.yaml') },
            ]}
          />
        </div>
        <Problems store={store} />
        {mode === 'form' ? (
          sections.map((section) => <SectionCard key={section.id} section={section} />)
        ) : (
          <Suspense fallback={<Loading rows={4} />}>
            <YamlEditor
              label={say('form.yaml.label')}
              value={store.all()}
              onChange={(value) => {
                if (isValues(value)) {
                  store.replace(value);
                }
              }}
            />
          </Suspense>
        )}
      </Stack>
    </FormContext>
  );
}

/** All that is wrong, each a link to its place. */
function Problems({ store }: { store: FormStore }) {
  const say = useSay();
  const found = useComplaints(store);
  if (found.length === 0) {
    return null;
  }
  return (
    <Alert color="red" title={say('form.problems', { count: found.length })} role="alert">
      <List size="sm">
        {found.map(({ path, id, values }) => (
          <List.Item key={path.join('/')}>
            <Anchor size="sm" component="button" type="button" onClick={() => focusOn(path)}>
              {say(id, values)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** Puts the focus on the control of a field, or on what it lies in. */
export function focusOn(path: string[]): void {
  for (let length = path.length; length > 0; length--) {
    const element = document.getElementById(idOf(path.slice(0, length)));
    if (element !== null) {
      element.scrollIntoView({ block: 'center' });
      element.focus();
      return;
    }
  }
}

function SectionCard({ section }: { section: Section }) {
  return (
    <Paper withBorder p="md">
      {section.title && (
        <Title order={2} size="h3" mb="sm">
          {section.title}
        </Title>
      )}
      <FieldList required={section.required} optional={section.optional} path={[]} />
    </Paper>
  );
}

export function FieldList({
  required,
  optional,
  path,
}: {
  required: Field[];
  optional: Field[];
  path: string[];
}) {
  const draw = (field: Field) => <FieldControl key={field.key} field={field} path={[...path, field.key]} />;
  return (
    <Stack gap="md">
      {required.map(draw)}
      {optional.length > 0 && (
        <Folded fields={optional} path={path}>
          {optional.map(draw)}
        </Folded>
      )}
    </Stack>
  );
}

/** What nobody has to fill in: open where something is, or is wrong. */
function Folded({ fields, path, children }: { fields: Field[]; path: string[]; children: ReactNode }) {
  const say = useSay();
  const id = useId();
  return (
    <FormContext.Consumer>
      {(store) => {
        const isUsed = fields.some((field) => {
          const value = store?.get([...path, field.key]);
          return (
            value !== undefined &&
            value !== field.schema.default &&
            !(isValues(value) && field.control === 'object')
          );
        });
        return (
          <FoldedPart
            id={id}
            label={say('form.optional', { count: fields.length })}
            isUsed={isUsed}
            store={store}
            path={path}
            fields={fields}
          >
            {children}
          </FoldedPart>
        );
      }}
    </FormContext.Consumer>
  );
}

function FoldedPart({
  id,
  label,
  isUsed,
  store,
  path,
  fields,
  children,
}: {
  id: string;
  label: string;
  isUsed: boolean;
  store: FormStore | null;
  path: string[];
  fields: Field[];
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(isUsed);
  const keys = new Set(fields.map((field) => field.key));
  const found = useComplaints(store ?? EMPTY);
  const isWrong = found.some(
    (each) => keys.has(each.path[path.length] ?? '') && path.every((key, index) => each.path[index] === key),
  );
  const isShown = isOpen || isWrong;
  return (
    <div>
      <UnstyledButton
        className={classes.fold}
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setOpen(!isShown)}
      >
        <Icon name={isShown ? 'chevronDown' : 'chevronRight'} />
        <Text span size="sm" fw={500}>
          {label}
        </Text>
        {isWrong && <Icon name="octagon" className={classes.wrong} />}
      </UnstyledButton>
      <Collapse expanded={isShown} id={id} transitionDuration={120}>
        <Stack gap="md" pt="sm">
          {children}
        </Stack>
      </Collapse>
    </div>
  );
}

const EMPTY = new FormStore({}, () => []);
