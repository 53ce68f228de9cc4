import { Navigate, Outlet, useParams } from '@tanstack/react-router';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { GoLink } from '../../ui/GoLink';
import { PageHeader } from '../../ui/PageHeader';
import { PARTS } from './parts';
import classes from './Settings.module.css';

/** The settings of a workspace and of the server, a page each. */
export function SettingsFrame() {
  const say = useSay();
  const ws = useWorkspaceId();
  const { part } = useParams({ strict: false });
  if (part === undefined) {
    return <Navigate to="/w/$ws/settings/$part" params={{ ws, part: 'general' }} replace />;
  }
  return (
    <>
      <PageHeader title={say('page.settings')} />
      <div className={classes.frame}>
        <nav aria-label={say('prefs.nav')} className={classes.nav}>
          {PARTS.map((each) => (
            <GoLink key={each} to="/w/$ws/settings/$part" params={{ part: each }} className={classes.link}>
              {say(`prefs.${each}`)}
            </GoLink>
          ))}
        </nav>
        <div className={classes.part}>
          <Outlet />
        </div>
      </div>
    </>
  );
}
