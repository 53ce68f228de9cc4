import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useRef } from 'react';
import { expect, it } from 'vitest';
import { show } from '../test/render';
import { Guide } from './Guide';
import type { Schema } from './schema';
import { SpecForm, useSpecForm } from './SpecForm';

const SPEC: Schema = {
  required: ['host', 'auth'],
  properties: {
    host: {
      type: 'string',
      title: 'Host',
      order: 0,
      description: 'Where it is. See [the manual](https://example.org/host).',
      examples: ['db.example'],
    },
    auth: {
      title: 'Login',
      order: 1,
      oneOf: [
        {
          title: 'Password',
          description: 'A password of the database.',
          required: ['password'],
          properties: {
            type: { const: 'password' },
            password: { type: 'string', title: 'Password', description: 'The one of the user.' },
          },
        },
        { title: 'None', properties: { type: { const: 'none' } } },
      ],
    },
    port: { type: 'integer', title: 'Port', default: 5432, description: 'Where it listens.' },
  },
};

function Both() {
  const store = useSpecForm(SPEC);
  const form = useRef<HTMLDivElement>(null);
  return (
    <>
      <div ref={form}>
        <SpecForm spec={SPEC} store={store} />
      </div>
      <Guide spec={SPEC} form={form} />
    </>
  );
}

const option = (name: string) => document.querySelector(`[data-option="${name}"]`);

it('says all that a connector says of its options, with links that open elsewhere', () => {
  show(<Both />);
  expect(option('host')).toHaveTextContent('Host neededWhere it is. See the manual.For example: db.example');
  expect(option('port')).toHaveTextContent('Port optionalWhere it listens.Without a value: 5432');
  expect(option('auth')).toHaveTextContent('Password: A password of the database.');
  const [link] = screen.getAllByRole('link', { name: 'the manual' });
  expect(link).toHaveAttribute('href', 'https://example.org/host');
  expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'));
});

it('marks the option that is being filled in, and the innermost of several', async () => {
  show(<Both />);
  await userEvent.click(screen.getByRole('textbox', { name: /^Host/ }));
  expect(option('host')).toHaveAttribute('data-current');
  await userEvent.click(screen.getByRole('textbox', { name: /^Password/ }));
  expect(option('host')).not.toHaveAttribute('data-current');
  expect(option('auth.password')).toHaveAttribute('data-current');
  expect(option('auth')).not.toHaveAttribute('data-current');
});
