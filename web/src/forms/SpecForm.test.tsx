import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect } from 'react';
import { describe, expect, it } from 'vitest';
import { show } from '../test/render';
import type { Schema } from './schema';
import { SpecForm, useSpecForm } from './SpecForm';
import { FormStore } from './store';
import { MASK, type Values } from './values';

const SPEC: Schema = {
  required: ['host', 'auth'],
  properties: {
    host: { type: 'string', title: 'Host', order: 0, description: 'Where it is. Without `http://`.' },
    auth: {
      title: 'Login',
      order: 1,
      oneOf: [
        {
          title: 'Password',
          required: ['password'],
          properties: {
            type: { const: 'password' },
            password: { type: 'string', title: 'Password', airbyte_secret: true },
          },
        },
        {
          title: 'Token',
          required: ['token'],
          properties: { type: { const: 'token' }, token: { type: 'string', title: 'Token' } },
        },
      ],
    },
    rows: { type: 'integer', title: 'Rows', default: 100 },
    tables: {
      type: 'array',
      title: 'Tables',
      items: { type: 'object', required: ['name'], properties: { name: { type: 'string', title: 'Name' } } },
    },
    odd: { title: 'Odd', not: {} },
  },
};

const form: { store: FormStore } = { store: new FormStore({}, () => []) };

function Form({ stored }: { stored?: Values }) {
  const store = useSpecForm(SPEC, undefined, stored);
  useEffect(() => {
    Object.assign(form, { store });
  }, [store]);
  return <SpecForm spec={SPEC} store={store} />;
}

const type = (label: string, text: string) =>
  userEvent.type(screen.getByLabelText(new RegExp(`^${label}( \\*)?$`)), text);

describe('a form made of a spec', () => {
  it('takes what is typed and brings back what was typed for another option', async () => {
    show(<Form />);
    await type('Host', 'db');
    await type('Password', 'hunter2');
    await userEvent.click(screen.getByRole('combobox', { name: 'Login' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Token' }));
    await type('Token', 't');
    expect(form.store.all()).toEqual({ host: 'db', auth: { type: 'token', token: 't' } });
    await userEvent.click(screen.getByRole('combobox', { name: 'Login' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Password' }));
    expect(form.store.all().auth).toEqual({ type: 'password', password: 'hunter2' });
  });

  it('complains after one has left a field, not before', async () => {
    show(<Form />);
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.click(screen.getByLabelText(/^Host/));
    await userEvent.tab();
    expect(screen.getByRole('alert')).toHaveTextContent('Host is needed.');
    await userEvent.click(within(screen.getByRole('alert')).getByText('Host is needed.'));
    expect(screen.getByLabelText(/^Host/)).toHaveFocus();
  });

  it('folds what nobody needs, and shows its default without keeping it', async () => {
    show(<Form />);
    const fold = screen.getByRole('button', { name: 'Optional fields (3)' });
    expect(fold).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(fold);
    expect(screen.getByLabelText('Rows')).toHaveAttribute('placeholder', '100');
    expect(form.store.all()).not.toHaveProperty('rows');
    await type('Rows', '5');
    expect(form.store.all().rows).toBe(5);
  });

  it('keeps a secret that it cannot show until it is replaced', async () => {
    show(<Form stored={{ host: 'db', auth: { type: 'password', password: MASK } }} />);
    expect(screen.getByText('A value is kept. Nobody can see it.')).toBeVisible();
    expect(document.body.innerHTML).not.toContain(MASK);
    await userEvent.click(screen.getByRole('button', { name: 'Replace' }));
    await type('Password', 'new');
    expect(form.store.get(['auth', 'password'])).toBe('new');
    await userEvent.click(screen.getByRole('button', { name: 'Keep the old one' }));
    expect(form.store.get(['auth', 'password'])).toBe(MASK);
  });

  it('has a card for each entry of a list', async () => {
    show(<Form />);
    await userEvent.click(screen.getByRole('button', { name: 'Optional fields (3)' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Add to Tables' }));
    await type('Name', 'orders');
    await userEvent.click(screen.getByRole('button', { name: 'Duplicate entry 1' }));
    expect(form.store.all().tables).toEqual([{ name: 'orders' }, { name: 'orders' }]);
    await userEvent.click(screen.getByRole('button', { name: 'Remove entry 1' }));
    expect(form.store.all().tables).toEqual([{ name: 'orders' }]);
  });

  it('is the same as text, and a text that cannot be read changes nothing', async () => {
    show(<Form />);
    await type('Host', 'db');
    await userEvent.click(screen.getByText('YAML'));
    const text = await screen.findByLabelText('Configuration as YAML');
    expect(text).toHaveValue('auth:\n  type: password\nhost: db\n');
    await userEvent.clear(text);
    await userEvent.type(text, 'host: "other');
    expect(screen.getByText(/This cannot be read/)).toBeVisible();
    expect(form.store.all().host).not.toBe('other');
    await userEvent.type(text, '"');
    expect(form.store.all()).toEqual({ host: 'other' });
  });

  it('edits as text only the part that no control exists for', async () => {
    show(<Form />);
    await userEvent.click(screen.getByRole('button', { name: 'Optional fields (3)' }));
    const text = await screen.findByLabelText('Odd, as YAML');
    await userEvent.type(text, 'a: 1');
    expect(form.store.all().odd).toEqual({ a: 1 });
  });
});
