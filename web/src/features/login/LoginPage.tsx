import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { session } from '../../api/session';
import { Said, useSay } from '../../i18n/i18n';
import { ErrorCard } from '../../ui/states';
import { Entrance } from './Entrance';

export function LoginPage() {
  const say = useSay();
  const router = useRouter();
  const { to } = useSearch({ from: '/login' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const login = useMutation({
    mutationFn: () => ok(api.POST('/api/sluice/v1/login', { body: { email, password } })),
    onSuccess: ({ token }) => {
      session.begin(token);
      router.history.push(ownPath(to));
    },
  });
  return (
    <Entrance title={say('login.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          login.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={say('login.email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={say('login.password')}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {login.isError && <ErrorCard error={login.error} />}
          <Button type="submit" loading={login.isPending}>
            {say('login.submit')}
          </Button>
          <Text size="sm" c="dimmed">
            <Said
              id="login.first"
              values={{
                link: (
                  <Anchor component={Link} to="/setup" key="link" underline="always">
                    {say('login.first.link')}
                  </Anchor>
                ),
              }}
            />
          </Text>
        </Stack>
      </form>
    </Entrance>
  );
}

/** Where one wanted to go, if that is a page of this server: an address somebody else has made leads nowhere else. */
export function ownPath(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])/.test(to) && !to.startsWith('/login') ? to : '/';
}
