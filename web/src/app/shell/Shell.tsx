import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { LiveProvider } from '../../api/live';
import { useSay } from '../../i18n/i18n';
import { keep, recall } from '../../ui/storage';
import { useWorkspaceId } from '../workspace';
import { Palette } from './Palette';
import { Sidebar } from './Sidebar';
import classes from './Shell.module.css';
import { TopBar } from './TopBar';

/** What stands around each page of a workspace: where one can go, and what runs. */
export function Shell() {
  const say = useSay();
  const workspaceId = useWorkspaceId();
  const [isNarrow, setNarrow] = useState(recall('sidebar') === 'narrow');
  const [isOpen, setOpen] = useState(false);
  function toggle() {
    keep('sidebar', isNarrow ? 'wide' : 'narrow');
    setNarrow(!isNarrow);
  }
  return (
    <LiveProvider key={workspaceId} workspaceId={workspaceId}>
      <a href="#content" className={classes.skip}>
        {say('app.skip')}
      </a>
      <div className={classes.shell} data-narrow={isNarrow || undefined} data-open={isOpen || undefined}>
        <Sidebar isNarrow={isNarrow && !isOpen} onToggle={toggle} onGo={() => setOpen(false)} />
        {isOpen && (
          <button
            type="button"
            className={classes.veil}
            aria-label={say('action.close')}
            onClick={() => setOpen(false)}
          />
        )}
        <div className={classes.right}>
          <TopBar onMenu={() => setOpen(!isOpen)} isOpen={isOpen} />
          <Palette />
          <main id="content" tabIndex={-1} className={classes.content}>
            <Outlet />
          </main>
        </div>
      </div>
    </LiveProvider>
  );
}
