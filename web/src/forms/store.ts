import { createContext, use, useSyncExternalStore } from 'react';
import { at, type Complaint } from './validate';
import { isValues, type Values } from './values';

/**
 * What is entered in a form. Each control listens for its own value only, so that a key pressed in one draws none of the
 * others; and names of fields may hold dots and brackets, since a way is a list and no text.
 */
export class FormStore {
  private values: Values;
  private found: Complaint[] = [];
  private readonly seen = new Set<string>();
  private listeners: (() => void)[] = [];
  /** What was typed for options that somebody left, by the way to them and their title. */
  readonly left = new Map<string, Values>();

  constructor(
    start: Values,
    private readonly check: (values: Values) => Complaint[],
  ) {
    this.values = start;
  }

  all(): Values {
    return this.values;
  }

  get(path: string[]): unknown {
    return at(this.values, path);
  }

  set(path: string[], value: unknown): void {
    this.values = replaced(this.values, path, value) as Values;
    // What was complained of before is looked at again at once, so that a complaint goes when it is mended.
    if (this.found.length > 0) {
      this.found = this.check(this.values).filter((each) => this.seen.has(each.path.join('\n')));
    }
    this.tell();
  }

  replace(values: Values): void {
    this.values = values;
    this.found = [];
    this.tell();
  }

  /** Somebody has left a control: from now on it is told what is wrong there. */
  leave(path: string[]): void {
    this.seen.add(path.join('\n'));
    this.found = this.check(this.values).filter((each) => this.seen.has(each.path.join('\n')));
    this.tell();
  }

  /** Tells everything that is wrong; true if nothing is. */
  checkAll(): boolean {
    this.found = this.check(this.values);
    this.found.forEach((each) => this.seen.add(each.path.join('\n')));
    this.tell();
    return this.found.length === 0;
  }

  complaints(): Complaint[] {
    return this.found;
  }

  complaint(path: string[]): Complaint | undefined {
    const way = path.join('\n');
    return this.found.find((each) => each.path.join('\n') === way);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners = [...this.listeners, listener];
    return () => {
      this.listeners = this.listeners.filter((each) => each !== listener);
    };
  };

  private tell(): void {
    this.listeners.forEach((each) => each());
  }
}

/** The same with another value in one place; a value that is undefined takes its name with it. */
export function replaced(within: unknown, path: string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return value;
  }
  if (Array.isArray(within)) {
    return within.map((each: unknown, index) => (index === Number(key) ? replaced(each, rest, value) : each));
  }
  const { [key]: before, ...others } = isValues(within) ? within : {};
  const next = replaced(before, rest, value);
  if (next === undefined) {
    return others;
  }
  return isValues(within) && key in within ? { ...within, [key]: next } : { ...others, [key]: next };
}

export const FormContext = createContext<FormStore | null>(null);

export function useForm(): FormStore {
  const store = use(FormContext);
  if (store === null) {
    throw new Error('a control belongs into a form');
  }
  return store;
}

export function useValue(path: string[]): unknown {
  const store = useForm();
  return useSyncExternalStore(store.subscribe, () => store.get(path));
}

export function useComplaint(path: string[]): Complaint | undefined {
  const store = useForm();
  return useSyncExternalStore(store.subscribe, () => store.complaint(path));
}

export function useComplaints(store: FormStore): Complaint[] {
  return useSyncExternalStore(store.subscribe, () => store.complaints());
}

/** The way to a field as an id of the document: a JSON pointer. */
export function idOf(path: string[]): string {
  return `field:/${path.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
}
