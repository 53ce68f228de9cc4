import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answering, showPage, WS } from '../test/page';
import { CHANNEL } from './consent';
import { ConsentDone } from './ConsentDone';
import { SignIn } from './SignIn';

/** Those of one page hear each other; the browser's own do so between windows. */
class Channel {
  static open: Channel[] = [];
  onmessage?: (event: { data: unknown }) => void;
  constructor(readonly name: string) {
    Channel.open.push(this);
  }
  postMessage(data: unknown) {
    Channel.open.filter((each) => each !== this).forEach((each) => each.onmessage?.({ data }));
  }
  close() {
    Channel.open = Channel.open.filter((each) => each !== this);
  }
}

const opened: string[] = [];

beforeEach(() => {
  Channel.open = [];
  opened.length = 0;
  vi.stubGlobal('BroadcastChannel', Channel);
  vi.stubGlobal('open', (url: string) => {
    opened.push(url);
    return {};
  });
});

async function begin(
  done: (secretId: string) => void,
  answer: unknown = { consentUrl: 'https://s.example/a' },
) {
  const requests = answering({ '/sources/initiateOAuth': () => answer });
  showPage('/w/$ws/x', `/w/${WS}/x`, () => (
    <SignIn
      workspaceId={WS}
      definitionId="d"
      name="Shop"
      values={() => ({ region: 'eu' })}
      secretId={undefined}
      onDone={done}
    />
  ));
  await userEvent.click(await screen.findByRole('button', { name: 'Authenticate' }));
  await waitFor(() => expect(requests.some((each) => each.method === 'POST')).toBe(true));
  const body = requests.find((each) => each.method === 'POST')?.body as {
    redirectUrl: string;
    oAuthInputConfiguration: unknown;
  };
  return { body, tab: new URL(body.redirectUrl).searchParams.get('tab') ?? '' };
}

describe('signing in to a service', () => {
  it('opens the consent with what the form holds, and takes what comes back to this form', async () => {
    const done = vi.fn();
    const { body, tab } = await begin(done);
    expect(body.oAuthInputConfiguration).toEqual({ region: 'eu' });
    await waitFor(() => expect(opened).toEqual(['https://s.example/a']));
    act(() => new Channel(CHANNEL).postMessage({ tab: 'another', secretId: 'foreign' }));
    expect(done).not.toHaveBeenCalled();
    act(() => new Channel(CHANNEL).postMessage({ tab, secretId: 'one' }));
    expect(done).toHaveBeenCalledWith('one');
  });

  it('says why there is no access', async () => {
    const { tab } = await begin(() => {});
    act(() => new Channel(CHANNEL).postMessage({ tab, error: 'not today' }));
    expect(await screen.findByText('not today')).toBeVisible();
  });

  it('tells the form from the window that comes back', async () => {
    const heard: unknown[] = [];
    new Channel(CHANNEL).onmessage = ({ data }) => heard.push(data);
    window.history.replaceState(null, '', '/oauth/done?tab=t&secret_id=s');
    vi.stubGlobal('close', () => {});
    showPage('/oauth/done', '/oauth/done?tab=t&secret_id=s', ConsentDone);
    expect(await screen.findByText('You can close this window.')).toBeVisible();
    expect(heard).toEqual([{ tab: 't', secretId: 's' }]);
  });
});
