import type { HttpRequest } from './server';

/** A request as a command for a terminal. Secrets in it are masked already. */
export function curlOf({ method, url, headers, body }: HttpRequest): string {
  const parts = ['curl', ...(method === 'GET' ? [] : ['-X', method]), quoted(url)];
  const lines = Object.entries(headers ?? {}).map(
    ([name, value]) => `-H ${quoted(`${name}: ${String(value)}`)}`,
  );
  const data = body == null || body === '' ? [] : [`--data-raw ${quoted(body)}`];
  return [parts.join(' '), ...lines, ...data].join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
