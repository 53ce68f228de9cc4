import { createContext, use, useSyncExternalStore } from 'react';
import { ApiProblem, asProblem } from '../../api/problem';
import { Manifest, type Scope } from '../../builder/manifest';
import type { Way } from '../../builder/source';
import { builder, type Issue, type Project } from './server';

export type Saving = 'saved' | 'changed' | 'saving' | 'conflict' | 'failed';

/** That something shared is about to be changed. */
export interface Asking {
  pointer: string;
  uses: number;
  answer: (scope: Scope | undefined) => void;
}

const MOST_STEPS = 200;
const PAUSE = 800;

/** What somebody works on: the draft, the steps back, what the server says of it. */
export class Desk {
  manifest: Manifest;
  name: string;
  revision: number;
  saving: Saving = 'saved';
  failure: ApiProblem | undefined;
  issues: Issue[] = [];
  asking: Asking | undefined;
  /** True once somebody may no longer or never could change it. */
  readonly isReadOnly: boolean;
  private past: string[] = [];
  private future: string[] = [];
  private scopes = new Map<string, Scope>();
  private readonly drafts = new Set<() => void>();
  private listeners = new Set<() => void>();
  private version = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private checkedText: string | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    readonly projectId: string,
    project: Project,
    isReadOnly = false,
  ) {
    this.manifest = Manifest.of(project.manifest);
    this.name = project.name;
    this.revision = project.revision;
    this.isReadOnly = isReadOnly;
    void this.check();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  snapshot = (): number => this.version;

  /** What is typed and not yet taken over, of a control that is being used. */
  draft(take: () => void): () => void {
    this.drafts.add(take);
    return () => {
      this.drafts.delete(take);
    };
  }

  /** Takes over what is being typed. */
  flush(): void {
    [...this.drafts].forEach((take) => take());
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  edit(next: Manifest): void {
    if (next.text === this.manifest.text || this.isReadOnly) {
      return;
    }
    this.past = [...this.past, this.manifest.text].slice(-MOST_STEPS);
    this.future = [];
    this.put(next);
  }

  editText(text: string): void {
    this.edit(Manifest.of(text));
  }

  /** Changes a part; where others share it, asks first for whom. */
  change(way: Way, make: (manifest: Manifest, scope: Scope) => Manifest): void {
    const link = this.manifest.get(way).siteLinks.find((each) => each.uses > 1);
    if (link === undefined) {
      this.edit(make(this.manifest, 'all'));
      return;
    }
    const key = `${way.slice(0, 2).join('/')} ${link.pointer}`;
    const known = this.scopes.get(key);
    if (known !== undefined) {
      this.edit(make(this.manifest, known));
      return;
    }
    this.asking = {
      pointer: link.pointer,
      uses: link.uses,
      answer: (scope) => {
        this.asking = undefined;
        if (scope !== undefined) {
          this.scopes.set(key, scope);
          this.edit(make(this.manifest, scope));
        }
        this.tell();
      },
    };
    this.tell();
  }

  set(way: Way, value: unknown): void {
    const stream = this.manifest.streams().find((each) => `${each.way.join('/')}/name` === way.join('/'));
    if (stream !== undefined && typeof value === 'string') {
      // The test of the connection names it too.
      this.edit(this.manifest.renameStream(stream, value));
      return;
    }
    this.change(way, (manifest, scope) => manifest.set(way, value, scope));
  }

  undo(): void {
    this.flush();
    const text = this.past.at(-1);
    if (text !== undefined) {
      this.past = this.past.slice(0, -1);
      this.future = [...this.future, this.manifest.text];
      this.put(Manifest.of(text));
    }
  }

  redo(): void {
    const text = this.future.at(-1);
    if (text !== undefined) {
      this.future = this.future.slice(0, -1);
      this.past = [...this.past, this.manifest.text];
      this.put(Manifest.of(text));
    }
  }

  rename(name: string): void {
    this.name = name;
    this.later();
  }

  /** Saves what is not saved yet; done when the server has it. */
  async save(): Promise<void> {
    this.flush();
    clearTimeout(this.timer);
    this.running = this.running.then(() => this.saveNow());
    return this.running;
  }

  /** After somebody else has saved: the draft here counts. */
  async keepMine(): Promise<void> {
    const theirs = await builder.project(this.projectId);
    this.revision = theirs.revision;
    this.saving = 'changed';
    return this.save();
  }

  async takeTheirs(): Promise<void> {
    const theirs = await builder.project(this.projectId);
    this.past = [...this.past, this.manifest.text];
    this.manifest = Manifest.of(theirs.manifest);
    this.name = theirs.name;
    this.revision = theirs.revision;
    this.saving = 'saved';
    this.tell();
    await this.check();
  }

  issuesAt(way: Way): Issue[] {
    const own = way.join('/');
    const at = this.manifest.get(way).at.join('/');
    return this.issues.filter(
      (issue) => issue.path != null && (clean(issue.path) === own || clean(issue.path) === at),
    );
  }

  /** How much is wrong with a part and what is in it. */
  issuesWithin(way: Way): Issue[] {
    const own = `${way.join('/')}/`;
    const at = `${this.manifest.contentOf(way)}/`;
    return this.issues.filter((issue) => {
      const path = `${clean(issue.path ?? '')}/`;
      return path.startsWith(own) || path.startsWith(at);
    });
  }

  close(): void {
    clearTimeout(this.timer);
    if (this.saving === 'changed') {
      void this.save();
    }
  }

  private put(next: Manifest): void {
    this.manifest = next;
    this.later();
  }

  private later(): void {
    if (this.isReadOnly) {
      return;
    }
    if (this.saving !== 'conflict') {
      this.saving = 'changed';
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.save(), PAUSE);
    }
    this.tell();
  }

  private async saveNow(): Promise<void> {
    if (this.saving !== 'changed' && this.saving !== 'failed') {
      return;
    }
    const { manifest, name } = this;
    this.saving = 'saving';
    this.tell();
    try {
      const saved = await builder.save(this.projectId, {
        name,
        manifest: manifest.text,
        revision: this.revision,
      });
      this.revision = saved.revision;
      this.failure = undefined;
      this.saving = this.manifest === manifest && this.name === name ? 'saved' : 'changed';
    } catch (failure) {
      this.failure = asProblem(failure);
      this.saving = this.failure.status === 409 ? 'conflict' : 'failed';
    }
    this.tell();
    await this.check();
  }

  private async check(): Promise<void> {
    const { text } = this.manifest;
    if (this.checkedText === text) {
      return;
    }
    this.checkedText = text;
    try {
      const { problems } = await builder.check(text);
      if (this.manifest.text === text) {
        this.issues = problems;
        this.tell();
      }
    } catch {
      // What is wrong with it is asked again with the next change.
      this.checkedText = undefined;
    }
  }

  private tell(): void {
    this.version++;
    this.listeners.forEach((each) => each());
  }
}

function clean(path: string): string {
  return path.replace(/^[#/]+/, '').replaceAll('.', '/');
}

/** The way that a path of the server's leads to. */
export function wayOfPath(path: string): Way {
  return clean(path)
    .split('/')
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

export const DeskContext = createContext<Desk | null>(null);

/** The desk, and the draft on it as it is now. */
export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (desk === null) {
    throw new Error('this belongs on a desk');
  }
  useSyncExternalStore(desk.subscribe, desk.snapshot);
  return desk;
}

/** Where the page is: which part is edited, as a form or as text, and what to look at in it. */
export interface Spot {
  part: string;
  view: 'form' | 'yaml';
}
