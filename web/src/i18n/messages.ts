import actors from './en/actors.json';
import alerts from './en/alerts.json';
import builder from './en/builder.json';
import common from './en/common.json';
import connection from './en/connection.json';
import connections from './en/connections.json';
import docs from './en/docs.json';
import forms from './en/forms.json';
import home from './en/home.json';
import jobs from './en/jobs.json';
import login from './en/login.json';
import mapping from './en/mapping.json';
import settings from './en/settings.json';
import shell from './en/shell.json';
import wizard from './en/wizard.json';

/** All that the page says, in English. Each feature has a file in `en/`; add yours here, in a line of its own. */
export const EN = {
  ...actors,
  ...alerts,
  ...builder,
  ...common,
  ...connection,
  ...connections,
  ...docs,
  ...forms,
  ...home,
  ...jobs,
  ...login,
  ...mapping,
  ...settings,
  ...shell,
  ...wizard,
} as const;

export type MessageId = keyof typeof EN;
