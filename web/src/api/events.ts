/** An event of a stream of events (SSE). */
export interface ServerEvent {
  id: string;
  type: string;
  data: unknown;
}

/** Puts the pieces together in which a stream of events arrives. Give it text; it gives back the events that are whole. */
export class EventParser {
  private rest = '';
  private id = '';
  private type = '';
  private data: string[] = [];

  push(text: string): ServerEvent[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.line(line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  private line(line: string): ServerEvent[] {
    if (line === '') {
      return this.end();
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') {
      this.id = value;
    } else if (field === 'event') {
      this.type = value;
    } else if (field === 'data') {
      this.data.push(value);
    }
    return [];
  }

  private end(): ServerEvent[] {
    const { data, type } = this;
    this.data = [];
    this.type = '';
    if (data.length === 0) {
      return [];
    }
    try {
      return [{ id: this.id, type: type || 'message', data: JSON.parse(data.join('\n')) as unknown }];
    } catch {
      return []; // no event of ours
    }
  }
}
