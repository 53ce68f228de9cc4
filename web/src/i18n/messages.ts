import common from './en/common.json';
import login from './en/login.json';
import shell from './en/shell.json';

/** All that the page says, in English. Each feature has a file in `en/`; add yours here. */
export const EN = { ...common, ...login, ...shell } as const;

export type MessageId = keyof typeof EN;
