/** How it is with what was entered: kept at the server, on its way there, or not. */
export type Keeping =
  | { state: 'kept'; at: number }
  | { state: 'waiting' }
  | { state: 'keeping' }
  | { state: 'conflict' }
  | { state: 'failed'; error: unknown };

const PAUSE = 800;

/**
 * Keeps a document at the server while somebody changes it: some time after the last change, one request at a time, each
 * naming the version that it was made from.
 */
export class Keeper<T> {
  keeping: Keeping;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  private isNewer = false;
  private listeners: (() => void)[] = [];

  constructor(
    public document: T,
    private version: number,
    keptAt: number,
    private readonly save: (version: number, document: T) => Promise<number>,
    private readonly isConflict: (error: unknown) => boolean,
  ) {
    this.keeping = { state: 'kept', at: keptAt };
  }

  change(document: T): void {
    this.document = document;
    this.isNewer = true;
    if (this.keeping.state !== 'conflict') {
      this.tell({ state: 'waiting' });
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.flush(), PAUSE);
    }
  }

  /** The version at the server that the document was made from. */
  get seen(): number {
    return this.version;
  }

  /** Keeps what is not kept yet, now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
    if (!this.isNewer || this.keeping.state === 'conflict') {
      return;
    }
    this.running = this.keep();
    await this.running;
    this.running = undefined;
  }

  private async keep(): Promise<void> {
    this.isNewer = false;
    this.tell({ state: 'keeping' });
    try {
      this.version = await this.save(this.version, this.document);
      this.tell({ state: 'kept', at: Date.now() });
    } catch (error) {
      this.isNewer = true;
      this.tell(this.isConflict(error) ? { state: 'conflict' } : { state: 'failed', error });
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners = [...this.listeners, listener];
    return () => {
      this.listeners = this.listeners.filter((each) => each !== listener);
    };
  };

  private tell(keeping: Keeping): void {
    this.keeping = keeping;
    this.listeners.forEach((each) => each());
  }
}
