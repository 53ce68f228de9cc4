import { autocompletion, closeBrackets, type CompletionContext } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { styleNonce } from '../../app/nonce';
import { COMPONENTS } from '../../builder/catalogue';
import type { Manifest } from '../../builder/manifest';
import { pointerOf } from '../../builder/places';
import { getIn } from '../../builder/edits';
import type { Way } from '../../builder/source';
import { useSay } from '../../i18n/i18n';
import { useDesk, wayOfPath, type Desk } from './desk';
import { fieldHint, fieldWord } from './words';
import classes from './Builder.module.css';

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--sl-primary)' },
  { tag: tags.definition(tags.propertyName), color: 'var(--sl-primary)' },
  { tag: tags.string, color: 'var(--sl-ok)' },
  { tag: tags.comment, color: 'var(--sl-muted)', fontStyle: 'italic' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--sl-queued)' },
]);

const LOOK = EditorView.theme({
  '&': { backgroundColor: 'var(--sl-surface)', color: 'var(--sl-text)', fontSize: '13px', height: '100%' },
  '.cm-content': { caretColor: 'var(--sl-text)' },
  '.cm-gutters': { backgroundColor: 'var(--sl-page)', color: 'var(--sl-muted)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--sl-hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--sl-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--sl-selected)',
  },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--sl-surface)',
    color: 'var(--sl-text)',
    border: '1px solid var(--sl-border)',
  },
  '.cm-tooltip-hover': { padding: '4px 8px', maxWidth: '40em' },
});

/** The manifest as text. It is checked while one types, and the form follows. */
export default function CodeEditor({ target }: { target: { way: Way; count: number } | undefined }) {
  const say = useSay();
  const desk = useDesk();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const own = useRef(desk.manifest.text);
  const { text } = desk.manifest;
  const { issues } = desk;

  useEffect(() => {
    const parent = host.current;
    if (parent === null) {
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => {
      clearTimeout(timer);
      const next = made.state.doc.toString();
      if (next !== own.current) {
        own.current = next;
        desk.editText(next);
      }
    };
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: desk.manifest.text,
        extensions: [
          EditorView.cspNonce.of(styleNonce()),
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          indentOnInput(),
          closeBrackets(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          yaml(),
          syntaxHighlighting(COLOURS),
          LOOK,
          autocompletion({ override: [(context) => completions(context, desk)] }),
          hoverTooltip((at, position) => hint(at, position, desk, say)),
          keymap.of([
            { key: 'F12', run: (editor) => toDefinition(editor, desk) },
            ...searchKeymap,
            ...historyKeymap,
            ...foldKeymap,
            indentWithTab,
            ...defaultKeymap,
          ]),
          EditorState.readOnly.of(desk.isReadOnly),
          EditorView.contentAttributes.of({ 'aria-label': say('builder.yaml') }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              clearTimeout(timer);
              timer = setTimeout(take, 400);
            }
          }),
        ],
      }),
    });
    // It scrolls, also by keys.
    made.scrollDOM.tabIndex = 0;
    view.current = made;
    const forget = desk.draft(take);
    return () => {
      forget();
      take();
      made.destroy();
    };
    // The editor is made once for a desk.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [desk]);

  // What the form, a step back or somebody else has changed.
  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && text !== own.current) {
      own.current = text;
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    }
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && editor.state.doc.toString() === desk.manifest.text) {
      editor.dispatch(setDiagnostics(editor.state, diagnostics(desk.manifest, issues)));
    }
  }, [desk, issues, text]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && target !== undefined) {
      const at = Math.min(placeOf(desk.manifest, target.way), editor.state.doc.length);
      editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      editor.focus();
    }
  }, [desk, target]);

  return (
    <>
      <p className={classes.keys}>{say('builder.yaml.keys')}</p>
      <div ref={host} className={classes.code} />
    </>
  );
}

/** Where a part stands: behind its links where it is not there itself. */
function placeOf(manifest: Manifest, way: Way): number {
  return manifest.source.offset(manifest.get(way).at);
}

function diagnostics(manifest: Manifest, issues: Desk['issues']): Diagnostic[] {
  const { source } = manifest;
  const end = source.text.length;
  const own = source.troubles.map(({ offset, message }): Diagnostic => ({
    from: Math.min(offset, end),
    to: Math.min(offset + 1, end),
    severity: 'error',
    message,
  }));
  if (own.length > 0) {
    return own;
  }
  return issues.map(({ path, severity, message, next }) => {
    const from = placeOf(manifest, wayOfPath(path ?? ''));
    const line = source.text.indexOf('\n', from);
    return { from, to: line < 0 ? end : line, severity, message: [message, next].filter(Boolean).join(' ') };
  });
}

/** Fields of the component that one is in, its types, and what links may lead to. */
function completions(context: CompletionContext, desk: Desk) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const pointer = /["']?(#\/[\w/]*)$/.exec(before);
  if (pointer !== null) {
    return { from: context.pos - (pointer[1]?.length ?? 0), options: pointers(desk.manifest) };
  }
  const typed = /type:\s*(\w*)$/.exec(before);
  if (typed !== null) {
    const options = Object.keys(COMPONENTS).map((label) => ({ label, type: 'class' }));
    return { from: context.pos - (typed[1]?.length ?? 0), options };
  }
  const key = /^[\s-]*(\w*)$/.exec(before);
  if (key === null || (!context.explicit && key[1] === '')) {
    return null;
  }
  const way = desk.manifest.source.wayAt(context.pos);
  for (let length = way.length; length > 0; length--) {
    const { type } = desk.manifest.get(way.slice(0, length));
    const fields = type === undefined ? undefined : COMPONENTS[type];
    if (fields !== undefined) {
      const options = fields.map((field) => ({
        label: field.key,
        type: 'property',
        apply: `${field.key}: `,
      }));
      return { from: context.pos - (key[1]?.length ?? 0), options };
    }
  }
  return null;
}

function pointers(manifest: Manifest) {
  const definitions = getIn(manifest.source.root(), ['definitions']);
  const list = (value: unknown, at: string, depth: number): string[] =>
    typeof value !== 'object' || value === null || Array.isArray(value) || depth > 2
      ? []
      : Object.entries(value).flatMap(([key, each]) => [
          `${at}/${key}`,
          ...list(each, `${at}/${key}`, depth + 1),
        ]);
  return list(definitions, '#/definitions', 0).map((label) => ({ label, type: 'namespace' }));
}

function hint(editor: EditorView, position: number, desk: Desk, say: ReturnType<typeof useSay>) {
  const line = editor.state.doc.lineAt(position);
  const key = /^[\s-]*(\w+):/.exec(line.text)?.[1];
  const about = key === undefined ? undefined : fieldHint(say, key);
  const link = pointerOf(getIn(desk.manifest.source.root(), desk.manifest.source.wayAt(position)));
  const words = about ?? (link === undefined ? undefined : say('builder.yaml.follow'));
  if (words === undefined || key === undefined) {
    return null;
  }
  return {
    pos: line.from,
    create: () => {
      const dom = document.createElement('div');
      dom.textContent = `${fieldWord(say, key)}: ${words}`;
      return { dom };
    },
  };
}

/** To what the link at the cursor leads to. */
function toDefinition(editor: EditorView, desk: Desk): boolean {
  const { source, places } = desk.manifest;
  const pointer = pointerOf(getIn(source.root(), source.wayAt(editor.state.selection.main.head)));
  const way = pointer === undefined ? undefined : places.lookup(pointer);
  if (way === undefined) {
    return false;
  }
  const at = source.offset(way);
  editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  return true;
}
