/** Why a call failed, as the server says it: what people can read, a code to search for, and what the request was called. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly data: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    message: string,
    requestId?: string,
    data: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.data = data;
  }

  /** True if the server could not be reached at all. */
  get isOffline(): boolean {
    return this.status === 0;
  }
}

interface ProblemBody {
  title?: unknown;
  detail?: unknown;
  data?: unknown;
}

/** Reads what a server answers that refuses something; also what a proxy in between says, which is no JSON. */
export function problemOf(status: number, body: unknown, requestId?: string): ApiProblem {
  if (typeof body === 'object' && body !== null && 'title' in body) {
    const { title, detail, data } = body as ProblemBody;
    const code = typeof title === 'string' ? title : 'unknown';
    const more = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
    const own = typeof more.code === 'string' ? more.code : code;
    return new ApiProblem(
      status,
      own,
      typeof detail === 'string' ? detail : words(code, more),
      requestId,
      more,
    );
  }
  return new ApiProblem(status, `http-${status}`, `HTTP ${status}`, requestId);
}

function words(code: string, data: Record<string, unknown>): string {
  const about = [data.resourceType, data.resourceId ?? data.value].filter((each) => typeof each === 'string');
  return [code.replaceAll('-', ' '), about.join(' ')].filter(Boolean).join(': ');
}

/** Whatever was thrown, as a problem. */
export function asProblem(failure: unknown): ApiProblem {
  if (failure instanceof ApiProblem) {
    return failure;
  }
  const message = failure instanceof Error ? failure.message : String(failure);
  return new ApiProblem(0, 'unexpected', message);
}
