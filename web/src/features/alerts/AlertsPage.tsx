import { Button, Group, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ALERT_STATES, alertCount, alertList, ALERTS_AT_ONCE, type AlertState } from '../../api/alerts';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { PageHeader } from '../../ui/PageHeader';
import { Empty, ErrorCard, Loading } from '../../ui/states';
import { AlertRow } from './AlertRow';
import classes from './Alerts.module.css';

/** What is wrong in a workspace until it is right again, and who looks after it. */
export function AlertsPage() {
  const say = useSay();
  const ws = useWorkspaceId();
  const go = useNavigate();
  const { state, page } = readPlace(useSearch({ strict: false }));
  const counts = useQuery(alertCount(ws)).data;
  const alerts = useQuery({ ...alertList(ws, state, page), placeholderData: keepPreviousData });
  const show = (next: AlertState, at = 0) =>
    void go({
      to: '.',
      resetScroll: false,
      replace: true,
      search: { ...(next === 'open' ? {} : { state: next }), ...(at === 0 ? {} : { page: at }) } as never,
    });
  const label = (each: AlertState) =>
    each === 'resolved' || counts === undefined
      ? say(`alerts.state.${each}`)
      : say(`alerts.state.${each}.count`, { count: counts[each] });
  return (
    <>
      <PageHeader title={say('page.alerts')} />
      <SegmentedControl
        aria-label={say('alerts.which')}
        mb="sm"
        value={state}
        data={ALERT_STATES.map((value) => ({ value, label: label(value) }))}
        onChange={show}
      />
      {alerts.isError ? (
        <ErrorCard error={alerts.error} onRetry={() => void alerts.refetch()} />
      ) : alerts.isPending ? (
        <Loading rows={4} height={64} />
      ) : alerts.data.data.length === 0 ? (
        <div className="sl-card">
          <Empty
            icon={state === 'open' ? 'circleCheck' : 'alerts'}
            title={say(`alerts.none.${state}`)}
            text={say(`alerts.none.${state}.text`)}
          />
        </div>
      ) : (
        <ul className={`sl-card ${classes.list ?? ''}`} aria-label={say(`alerts.state.${state}`)}>
          {alerts.data.data.map((alert) => (
            <AlertRow key={alert.alertId} alert={alert} />
          ))}
        </ul>
      )}
      {alerts.data !== undefined && (page > 0 || alerts.data.data.length === ALERTS_AT_ONCE) && (
        <Group justify="center" mt="sm">
          <Button variant="default" disabled={page === 0} onClick={() => show(state, page - 1)}>
            {say('jobs.newer')}
          </Button>
          <Button
            variant="default"
            disabled={alerts.data.data.length < ALERTS_AT_ONCE}
            onClick={() => show(state, page + 1)}
          >
            {say('jobs.older')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** What an address says; anything else is as if it said nothing. */
export function readPlace(search: Record<string, unknown>): { state: AlertState; page: number } {
  const state = ALERT_STATES.find((each) => each === search.state) ?? 'open';
  const page = Number(search.page);
  return { state, page: Number.isInteger(page) && page > 0 ? page : 0 };
}
