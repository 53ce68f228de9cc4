import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useQuery } from '@tanstack/react-query';
import { alertCount } from '../../api/alerts';
import { useSay } from '../../i18n/i18n';
import type { MessageId } from '../../i18n/messages';
import { Icon, type IconName } from '../../ui/icons';
import { useWorkspaceId } from '../workspace';
import { Logo } from './Logo';
import classes from './Shell.module.css';

interface Place {
  to: string;
  icon: IconName;
  label: MessageId;
}

const ALERTS = '/w/$ws/alerts';

const PLACES: Place[] = [
  { to: '/w/$ws/home', icon: 'home', label: 'nav.home' },
  { to: '/w/$ws/connections', icon: 'connections', label: 'nav.connections' },
  { to: '/w/$ws/sources', icon: 'source', label: 'nav.sources' },
  { to: '/w/$ws/destinations', icon: 'destination', label: 'nav.destinations' },
  { to: '/w/$ws/builder', icon: 'bolt', label: 'nav.builder' },
  { to: '/w/$ws/jobs', icon: 'jobs', label: 'nav.jobs' },
  { to: ALERTS, icon: 'alerts', label: 'nav.alerts' },
];

const LAST: Place[] = [
  { to: '/w/$ws/settings', icon: 'settings', label: 'nav.settings' },
  { to: '/w/$ws/docs', icon: 'book', label: 'nav.docs' },
];

export function Sidebar({
  isNarrow,
  onToggle,
  onGo,
}: {
  isNarrow: boolean;
  onToggle: () => void;
  onGo: () => void;
}) {
  const say = useSay();
  const ws = useWorkspaceId();
  const open = useQuery(alertCount(ws)).data?.open ?? 0;
  function link({ to, icon, label }: Place) {
    const isMarked = to === ALERTS && open > 0;
    const word = say(label);
    const text = isMarked ? say('nav.alerts.count', { count: open }) : word;
    return (
      <li key={to}>
        <Named label={text} isHidden={isNarrow}>
          <Link to={to} params={{ ws }} className={classes.link} onClick={onGo} aria-label={text}>
            <Icon name={icon} size={18} />
            {isNarrow ? null : word}
            {isMarked && (
              <span className={classes.badge} aria-hidden>
                {open > 99 ? '99+' : open}
              </span>
            )}
          </Link>
        </Named>
      </li>
    );
  }
  const collapse = say(isNarrow ? 'nav.expand' : 'nav.collapse');
  return (
    <nav className={classes.sidebar} aria-label={say('nav.label')}>
      <Link
        to="/w/$ws/home"
        params={{ ws }}
        className={classes.brand}
        onClick={onGo}
        aria-label={say('app.name')}
      >
        <Logo />
        {isNarrow ? null : say('app.name')}
      </Link>
      <ul className={classes.links}>{PLACES.map(link)}</ul>
      <ul className={`${classes.links ?? ''} ${classes.bottom ?? ''}`}>
        {LAST.map(link)}
        <li className={classes.collapse}>
          <Named label={collapse} isHidden={isNarrow}>
            <button type="button" className={classes.link} onClick={onToggle} aria-label={collapse}>
              <Icon name={isNarrow ? 'chevronRight' : 'chevronLeft'} size={18} />
              {isNarrow ? null : collapse}
            </button>
          </Named>
        </li>
      </ul>
    </nav>
  );
}

/** Where there is room for the drawing only, the word stands beside it when one points there. */
function Named({ label, isHidden, children }: { label: string; isHidden: boolean; children: ReactElement }) {
  return isHidden ? (
    <Tooltip label={label} position="right">
      {children}
    </Tooltip>
  ) : (
    children
  );
}
