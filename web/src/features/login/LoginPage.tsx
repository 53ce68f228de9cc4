import { Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, ok } from '../../api/client';
import { session } from '../../api/session';
import { Said, useSay } from '../../i18n/i18n';
import { ErrorCard } from '../../ui/states';
import { Entrance } from './Entrance';
import { handedOver } from './handedOver';

export function LoginPage() {
  const say = useSay();
  const router = useRouter();
  const { to } = useSearch({ from: '/login' });
  const [handed] = useState(() => handedOver(window.location.hash));
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const login = useMutation({
    mutationFn: () => ok(api.POST('/api/sluice/v1/login', { body: { email, password } })),
    onSuccess: ({ token }) => {
      session.begin(token);
      router.history.push(ownPath(to));
    },
  });
  const methods = useQuery({
    queryKey: ['login', 'methods'],
    queryFn: ({ signal }) => ok(api.GET('/api/sluice/v1/login/methods', { signal })),
  });
  const provider = methods.data?.oidc;
  const { mutate: comeBack, ...comingBack } = useMutation({
    mutationFn: (code: string) => ok(api.POST('/api/sluice/v1/oidc/session', { body: { code } })),
    onSuccess: ({ token }) => {
      session.begin(token);
      router.history.replace(ownPath(handed.to));
    },
  });
  const { code } = handed;
  useEffect(() => {
    if (code !== undefined) {
      // Good once: whoever reads the address later finds nothing.
      window.history.replaceState(null, '', window.location.pathname + window.location.search);
      comeBack(code);
    }
  }, [code, comeBack]);
  return (
    <Entrance title={say('login.title')}>
      {handed.message !== undefined && (
        <Text role="alert" c="var(--sl-error)" mb="sm">
          {handed.message}
        </Text>
      )}
      {comingBack.isError && <ErrorCard error={comingBack.error} />}
      {provider !== undefined && (
        <>
          <Button
            component="a"
            href={`${provider.login}?to=${encodeURIComponent(ownPath(to ?? handed.to))}`}
            variant="default"
            fullWidth
            loading={comingBack.isPending}
          >
            {say('login.provider', { name: provider.name })}
          </Button>
          <Divider my="md" label={say('login.or')} />
        </>
      )}
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
