import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { Alert, AlertEdit } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { GoLink } from '../../ui/GoLink';
import { Guarded } from '../../ui/Guarded';
import { Icon } from '../../ui/icons';
import { When } from '../../ui/When';
import classes from './Alerts.module.css';

const HOUR = 60 * 60_000;
/** For how long one may be put off. */
const NAPS = [
  { text: 'alerts.snooze.hour', lasts: HOUR },
  { text: 'alerts.snooze.day', lasts: 24 * HOUR },
  { text: 'alerts.snooze.week', lasts: 7 * 24 * HOUR },
] as const;

/** One alert: what is wrong with which connection, since when, the way to mend it, and who looks after it. */
export function AlertRow({ alert }: { alert: Alert }) {
  const say = useSay();
  return (
    <li className={classes.row} data-alert={alert.kind} data-severity={alert.severity}>
      <Icon name={alert.severity === 'error' ? 'octagon' : 'warn'} size={18} className={classes.shape} />
      <div className={classes.what}>
        <p className={classes.title}>
          <GoLink
            to="/w/$ws/connections/$connectionId/status"
            params={{ connectionId: alert.connectionId }}
            className={classes.name}
          >
            {alert.connectionName}
          </GoLink>
          <span className="sl-visually-hidden">{say(`alerts.severity.${alert.severity}`)}</span>
          <span>{say(`alerts.kind.${alert.kind}`, { count: alert.count ?? 0, times: alert.times })}</span>
        </p>
        {alert.message !== undefined && <p className={classes.message}>{alert.message}</p>}
        <p className={classes.when}>
          <Course alert={alert} />
        </p>
      </div>
      <div className={classes.actions}>
        <Remedy alert={alert} />
        {alert.state !== 'resolved' && <Attention alert={alert} />}
      </div>
    </li>
  );
}

function Course({ alert }: { alert: Alert }) {
  const say = useSay();
  return (
    <>
      <span>
        {say('alerts.since')} <When time={alert.openedAt} />
      </span>
      {alert.resolvedAt !== undefined && (
        <span>
          {say('alerts.until')} <When time={alert.resolvedAt} />
        </span>
      )}
      {alert.acknowledgedBy !== undefined && alert.acknowledgedAt !== undefined && (
        <span>
          {say('alerts.acknowledgedBy', { who: alert.acknowledgedBy })} <When time={alert.acknowledgedAt} />
        </span>
      )}
      {alert.state === 'silenced' && alert.snoozedUntil !== undefined && (
        <span>
          {say('alerts.snoozedUntil')} <When time={alert.snoozedUntil} />
        </span>
      )}
    </>
  );
}

/** The way to where it can be mended. */
function Remedy({ alert }: { alert: Alert }) {
  const say = useSay();
  const text = say(`alerts.remedy.${alert.kind}`);
  if (alert.kind === 'sync_failed' && alert.jobId !== undefined) {
    return (
      <GoLink to="/w/$ws/jobs/$jobId" params={{ jobId: String(alert.jobId) }} className={classes.remedy}>
        {text}
      </GoLink>
    );
  }
  const tabs = {
    sync_failed: 'status',
    connection_disabled: 'settings',
    schema_breaking: 'schema',
    schema_changed: 'schema',
    records_rejected: 'rejected',
  } as const;
  return (
    <GoLink
      to="/w/$ws/connections/$connectionId/$tab"
      params={{ connectionId: alert.connectionId, tab: tabs[alert.kind] }}
      className={classes.remedy}
    >
      {text}
    </GoLink>
  );
}

function Attention({ alert }: { alert: Alert }) {
  const say = useSay();
  const queries = useQueryClient();
  const edit = useMutation({
    mutationFn: (body: AlertEdit) =>
      ok(
        api.PATCH('/api/sluice/v1/alerts/{alertId}', {
          params: { path: { alertId: alert.alertId } },
          body,
        }),
      ),
    onError: (error) => notifications.show({ color: 'red', message: asProblem(error).message }),
    // Also after a refusal: then it was resolved meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  });
  const open = alert.state === 'open';
  return (
    <Guarded need="run">
      {(isOff) => (
        <span className={classes.buttons}>
          {open ? (
            <>
              <Button
                variant="default"
                size="xs"
                disabled={isOff}
                loading={edit.isPending}
                onClick={() => edit.mutate({ acknowledged: true })}
              >
                {say('alerts.acknowledge')}
              </Button>
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button
                    variant="default"
                    size="xs"
                    disabled={isOff}
                    rightSection={<Icon name="chevronDown" size={12} />}
                  >
                    {say('alerts.snooze')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {NAPS.map((nap) => (
                    <Menu.Item
                      key={nap.text}
                      onClick={() =>
                        edit.mutate({ snoozedUntil: new Date(Date.now() + nap.lasts).toISOString() })
                      }
                    >
                      {say(nap.text)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            </>
          ) : (
            <Button
              variant="default"
              size="xs"
              disabled={isOff}
              loading={edit.isPending}
              onClick={() => edit.mutate({ acknowledged: false, snoozedUntil: null })}
            >
              {say('alerts.reopen')}
            </Button>
          )}
        </span>
      )}
    </Guarded>
  );
}
