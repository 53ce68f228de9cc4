import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { session } from '../../api/session';
import { useSay } from '../../i18n/i18n';
import { ErrorCard } from '../../ui/states';
import { Entrance } from './Entrance';

/** The first account of a server: whoever sees its terminal has the token. */
export function SetupPage() {
  const say = useSay();
  const router = useRouter();
  const [entered, setEntered] = useState({ token: '', email: '', name: '', password: '' });
  const making = useMutation({
    mutationFn: () => {
      const { name, ...rest } = entered;
      const body = name.trim() === '' ? rest : { ...rest, name: name.trim() };
      return ok(api.POST('/api/sluice/v1/setup', { body: { ...body, token: body.token.trim() } }));
    },
    onSuccess: ({ token }) => {
      session.begin(token);
      router.history.push('/');
    },
  });
  const field = (name: keyof typeof entered) => ({
    value: entered[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setEntered((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <Entrance title={say('setup.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <Stack gap="sm">
          <Text c="dimmed">{say('setup.text')}</Text>
          <PasswordInput
            label={say('setup.token')}
            autoComplete="off"
            required
            autoFocus
            {...field('token')}
          />
          <TextInput
            label={say('login.email')}
            type="email"
            autoComplete="username"
            required
            {...field('email')}
          />
          <TextInput label={say('setup.name')} autoComplete="name" {...field('name')} />
          <PasswordInput
            label={say('login.password')}
            description={say('setup.password.help')}
            autoComplete="new-password"
            required
            minLength={12}
            {...field('password')}
          />
          {making.isError && <ErrorCard error={making.error} />}
          <Button type="submit" loading={making.isPending}>
            {say('setup.submit')}
          </Button>
          <Anchor component={Link} to="/login" size="sm">
            {say('setup.back')}
          </Anchor>
        </Stack>
      </form>
    </Entrance>
  );
}
