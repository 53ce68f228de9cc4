/** The guides that come with the page, taken apart while it is built (scripts/guides.mjs). */
declare module 'virtual:guides' {
  type Inline =
    | string
    | { kind: 'strong' | 'em' | 'del'; inner: Inline[] }
    | { kind: 'code'; text: string }
    | { kind: 'br' }
    | { kind: 'link'; url?: string; guide?: string; heading?: string; inner: Inline[] };

  type Block =
    | { kind: 'heading'; level: number; id: string; inner: Inline[] }
    | { kind: 'p'; inner: Inline[] }
    | { kind: 'pre'; text: string }
    | { kind: 'ul' | 'ol'; items: Block[][] }
    | { kind: 'quote'; blocks: Block[] }
    | { kind: 'hr' }
    | { kind: 'table'; head: Inline[][]; rows: Inline[][][] };

  interface Guide {
    title: string;
    blocks: Block[];
  }

  type Group = 'begin' | 'data' | 'activation' | 'connectors' | 'operation' | 'reference';

  interface KnownGuide {
    /** Its name in addresses. */
    name: string;
    group: Group;
    title: string;
    load: () => Promise<{ default: Guide }>;
  }

  export const GUIDES: KnownGuide[];
}
