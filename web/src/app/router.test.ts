import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { PAGES } from '../../e2e/pages.mjs';
import { makeRouter } from './router';

describe('the routes', () => {
  it('are all among the pages that browser tests look at, and those are all routes', () => {
    const routes = Object.values(makeRouter(new QueryClient()).routesById)
      .filter((route) => route.children === undefined)
      .map((route) => (route.fullPath as string).replace(/(.)\/$/, '$1'));
    expect(Object.keys(PAGES).sort()).toEqual(routes.sort());
  });
});
