import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

export const tags = (ws: string) =>
  queryOptions({
    queryKey: ['tags', ws, 'list'],
    queryFn: async ({ signal }) => {
      const params = { query: { workspaceIds: [ws] } };
      return (await ok(api.GET('/api/public/v1/tags', { params, signal }))).data;
    },
  });

const COLOURS = ['1F5FD0', '1A7F4B', '8A5A00', 'C0262D', '6A5ACD', '0B6FA4'];

export async function makeTag(ws: string, name: string): Promise<string> {
  const color = COLOURS[name.length % COLOURS.length] ?? '1F5FD0';
  return (await ok(api.POST('/api/public/v1/tags', { body: { name, color, workspaceId: ws } }))).tagId;
}
