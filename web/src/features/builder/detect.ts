import { isRecord } from '../../builder/emit';

/** A way of paging that a response gives away, with the component that follows it. */
export interface Found {
  kind: 'link' | 'url' | 'token' | 'page' | 'offset';
  paginator: Record<string, unknown>;
}

const NEXT_URL = /^(next|next_url|next_page_url|next_link|nextlink|@odata\.nextlink)$/i;
const TOKEN =
  /^(next_?cursor|next_?page_?token|next_?token|cursor|continuation(_?token)?|after|starting_after)$/i;
const PAGE = /^(page|current_page|page_number)$/i;
const OFFSET = /^offset$/i;
const SIZE = /^(per_page|page_size|limit|size)$/i;

export function detectPagination(body: unknown, headers: Record<string, unknown>): Found | undefined {
  const link = Object.entries(headers).find(([name]) => name.toLowerCase() === 'link')?.[1];
  if (typeof link === 'string' && /rel="?next/.test(link)) {
    return {
      kind: 'link',
      paginator: cursor("{{ headers['link']['next']['url'] }}", "{{ 'next' not in headers['link'] }}", {
        type: 'RequestPath',
      }),
    };
  }
  const leaves = leavesOf(body, [], 0);
  const named = (pattern: RegExp) => leaves.find(({ way }) => pattern.test(way.at(-1) ?? ''));
  const url = leaves.find(
    ({ way, value }) =>
      NEXT_URL.test(way.at(-1) ?? '') && typeof value === 'string' && /^(https?:\/)?\//.test(value),
  );
  if (url !== undefined) {
    const { value, stop } = templates(url.way);
    return { kind: 'url', paginator: cursor(value, stop, { type: 'RequestPath' }) };
  }
  const token = named(TOKEN);
  if (token !== undefined) {
    const { value, stop } = templates(token.way);
    const name = (token.way.at(-1) ?? 'cursor').replace(/^next_?/i, '');
    return {
      kind: 'token',
      paginator: cursor(value, stop, parameter(name.charAt(0).toLowerCase() + name.slice(1))),
    };
  }
  const size = named(SIZE);
  const sized = size === undefined || typeof size.value !== 'number' ? {} : { page_size: size.value };
  const sizeOption = size === undefined ? {} : { page_size_option: parameter(size.way.at(-1) ?? 'limit') };
  const offset = named(OFFSET);
  if (offset !== undefined) {
    return { kind: 'offset', paginator: counted('OffsetIncrement', sized, 'offset', sizeOption) };
  }
  const page = named(PAGE);
  if (page !== undefined) {
    const strategy = { ...sized, start_from_page: page.value === 0 ? 0 : 1 };
    return { kind: 'page', paginator: counted('PageIncrement', strategy, 'page', sizeOption) };
  }
  return undefined;
}

function cursor(
  cursor_value: string,
  stop_condition: string,
  page_token_option: object,
): Record<string, unknown> {
  return {
    type: 'DefaultPaginator',
    pagination_strategy: { type: 'CursorPagination', cursor_value, stop_condition },
    page_token_option,
  };
}

function counted(type: string, strategy: object, name: string, more: object): Record<string, unknown> {
  return {
    type: 'DefaultPaginator',
    pagination_strategy: { type, ...strategy },
    page_token_option: parameter(name),
    ...more,
  };
}

function parameter(field_name: string): Record<string, unknown> {
  return { type: 'RequestOption', inject_into: 'request_parameter', field_name };
}

function templates(way: string[]): { value: string; stop: string } {
  const steps = way.map((step) => `['${step}']`).join('');
  const [first = '', ...rest] = way;
  const safe = `response.get('${first}')${rest.map((step) => `.get('${step}')`).join('')}`;
  return { value: `{{ response${steps} }}`, stop: `{{ not ${safe} }}` };
}

/** Values that are no lists and lie not too deep: records are not looked into. */
function leavesOf(value: unknown, way: string[], depth: number): { way: string[]; value: unknown }[] {
  if (!isRecord(value) || depth > 3) {
    return [];
  }
  return Object.entries(value).flatMap(([key, each]) =>
    isRecord(each)
      ? leavesOf(each, [...way, key], depth + 1)
      : Array.isArray(each)
        ? []
        : [{ way: [...way, key], value: each }],
  );
}
