import { ActionIcon, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { useLive } from '../../api/live';
import { me } from '../../api/queries';
import { session } from '../../api/session';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { Breadcrumbs } from './Breadcrumbs';
import { RunningJobs } from './RunningJobs';
import classes from './Shell.module.css';
import { ThemeMenu } from './ThemeMenu';
import { WorkspaceMenu } from './WorkspaceMenu';

export function TopBar({ onMenu, isOpen }: { onMenu: () => void; isOpen: boolean }) {
  const say = useSay();
  const format = useFormat();
  const { state, lookedAt } = useLive();
  return (
    <header className={classes.bar}>
      <ActionIcon
        className={classes.menu}
        aria-label={say('nav.open')}
        aria-expanded={isOpen}
        onClick={onMenu}
      >
        <Icon name="menu" size={20} />
      </ActionIcon>
      <WorkspaceMenu />
      <Breadcrumbs />
      <RunningJobs />
      <span className={classes.dot} data-state={state} role="status" title={say('app.live.help')}>
        {lookedAt === undefined
          ? say(state === 'live' ? 'app.live' : `app.live.${state}`)
          : say('app.live.lookedAt', { time: format.clock(lookedAt) })}
      </span>
      <ThemeMenu />
      <AccountMenu />
    </header>
  );
}

function AccountMenu() {
  const say = useSay();
  const { data } = useQuery(me);
  if (data?.userId === undefined) {
    return null;
  }
  async function leave() {
    await api.POST('/api/sluice/v1/logout').catch(() => undefined);
    session.end();
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={say('nav.account', { name: data.name })}>
          <Icon name="user" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{data.name}</Menu.Label>
        <Menu.Item onClick={() => void leave()}>{say('nav.logout')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
