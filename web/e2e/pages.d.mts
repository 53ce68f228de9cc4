/** For each route of the page the addresses that browser tests look at. */
export const PAGES: Record<string, (of: Record<string, unknown>) => string[]>;
