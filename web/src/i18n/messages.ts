import common from './en/common.json';
import connection from './en/connection.json';
import connections from './en/connections.json';
import home from './en/home.json';
import jobs from './en/jobs.json';
import login from './en/login.json';
import shell from './en/shell.json';

/** All that the page says, in English. Each feature has a file in `en/`; add yours here. */
export const EN = { ...common, ...connection, ...connections, ...home, ...jobs, ...login, ...shell } as const;

export type MessageId = keyof typeof EN;
