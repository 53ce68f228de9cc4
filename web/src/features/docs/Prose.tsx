import { Fragment, type ReactNode } from 'react';
import type { Block, Inline } from 'virtual:guides';
import { GoLink } from '../../ui/GoLink';
import { CopyButton } from '../../ui/CopyButton';
import { useSay } from '../../i18n/i18n';
import classes from './Docs.module.css';

/** The text of a guide. Its parts are data: no text of it becomes markup. */
export function Prose({ blocks }: { blocks: Block[] }) {
  return blocks.map((block, index) => <Piece key={index} block={block} />);
}

function Piece({ block }: { block: Block }) {
  const say = useSay();
  switch (block.kind) {
    case 'heading':
      return <Heading level={block.level} id={block.id} inner={block.inner} />;
    case 'p':
      return <p>{words(block.inner)}</p>;
    case 'pre':
      return (
        <div className={classes.code}>
          {/* It may be wider than the page, and whoever has no mouse scrolls it by keys. */}
          <pre tabIndex={0}>{block.text}</pre>
          <CopyButton text={block.text} label={say('docs.copy')} />
        </div>
      );
    case 'ul':
    case 'ol': {
      const List = block.kind;
      return (
        <List>
          {block.items.map((item, index) => (
            <li key={index}>
              <Prose blocks={item} />
            </li>
          ))}
        </List>
      );
    }
    case 'quote':
      return (
        <blockquote>
          <Prose blocks={block.blocks} />
        </blockquote>
      );
    case 'hr':
      return <hr />;
    case 'table':
      return (
        <div className={classes.table} tabIndex={0}>
          <table className="sl-table">
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  <th key={index}>{words(cell)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column}>{words(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

/** One below the title of the page, which is the guide's own. */
function Heading({ level, id, inner }: { level: number; id: string; inner: Inline[] }) {
  const Name = level <= 2 ? 'h2' : 'h3';
  return (
    <Name id={id} tabIndex={-1}>
      {words(inner)}
    </Name>
  );
}

function words(inner: Inline[]): ReactNode {
  return inner.map((each, index) => <Fragment key={index}>{word(each)}</Fragment>);
}

function word(each: Inline): ReactNode {
  if (typeof each === 'string') {
    return each;
  }
  switch (each.kind) {
    case 'strong':
      return <strong>{words(each.inner)}</strong>;
    case 'em':
      return <em>{words(each.inner)}</em>;
    case 'del':
      return <del>{words(each.inner)}</del>;
    case 'code':
      return <code>{each.text}</code>;
    case 'br':
      return <br />;
    case 'link':
      if (each.url !== undefined) {
        return (
          <a href={each.url} target="_blank" rel="noreferrer">
            {words(each.inner)}
          </a>
        );
      }
      return each.guide === undefined ? (
        <a href={`#${each.heading ?? ''}`}>{words(each.inner)}</a>
      ) : (
        <GoLink to="/w/$ws/docs/$guide" params={{ guide: each.guide }} hash={each.heading}>
          {words(each.inner)}
        </GoLink>
      );
  }
}
