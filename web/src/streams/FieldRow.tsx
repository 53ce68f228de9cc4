import type { CatalogEntry } from '../api/schema';
import { useSay } from '../i18n/i18n';
import { RowButton } from './RowButton';
import { RowCheck } from './RowCheck';
import type { Row } from './rows';
import { extentOf, isHashed, partsOf, withHash } from './shaping';
import { isLocked, labelOf, toggleField, togglePart, type Choice } from './streams';
import classes from './Streams.module.css';

/** A field, or a part of one, taken in or out. */
export function toggledAt(stream: CatalogEntry, choice: Choice, path: readonly string[]): Choice {
  const [field = '', ...inner] = path;
  return inner.length === 0 ? toggleField(stream, choice, field) : togglePart(stream, choice, field, inner);
}

/** A field of a stream, or what is inside of one. */
export function FieldRow({
  row: { stream, path, type, hasParts },
  choice,
  isOpen,
  onToggle,
  onOpen,
  onSet,
}: {
  row: Extract<Row, { kind: 'field' }>;
  choice: Choice | undefined;
  isOpen: boolean;
  onToggle: () => void;
  onOpen: () => void;
  onSet: (choice: Choice) => void;
}) {
  const say = useSay();
  const [field = '', ...inner] = path;
  const mappers = choice?.mappers ?? [];
  const isIn = choice !== undefined && (choice.fields?.includes(field) ?? true);
  const extent = !isIn ? 'none' : extentOf(partsOf(mappers, field), inner);
  const locked = choice !== undefined && isLocked(stream, choice, field);
  const label = say('streams.field.of', { field: path.join('.'), stream: labelOf(stream) });
  const hashed = isHashed(mappers, field);
  const hash = say(hashed ? 'streams.unhash' : 'streams.hash', { field });
  return (
    <>
      <span role="gridcell" />
      <span
        role="gridcell"
        className={`${classes.name ?? ''} ${classes.deep ?? ''}`}
        style={{ paddingLeft: 10 + 20 * inner.length }}
        title={path.join('.')}
      >
        {hasParts ? (
          <RowButton
            label={say('streams.expand.of', { stream: `${labelOf(stream)}.${path.join('.')}` })}
            icon={isOpen ? 'chevronDown' : 'chevronRight'}
            onClick={onOpen}
          />
        ) : (
          <span className={classes.gap} />
        )}
        <RowCheck
          label={label}
          title={locked ? say('streams.field.locked') : undefined}
          isChecked={extent === 'whole'}
          isPartly={extent === 'some'}
          isDisabled={choice === undefined || locked || (inner.length > 0 && !isIn)}
          onChange={onToggle}
        />
        <span className={classes.word}>{path.at(-1)}</span>
        {inner.length === 0 && isIn && !locked && (
          <span className={hashed ? classes.marked : classes.asides}>
            <RowButton
              label={hash}
              icon="lock"
              isPressed={hashed}
              onClick={() => onSet({ ...choice, mappers: withHash(mappers, field, !hashed), isCustom: true })}
            />
          </span>
        )}
      </span>
      <span role="gridcell" title={type} className={classes.type}>
        {type}
      </span>
      <span role="gridcell">{hashed && inner.length === 0 && say('streams.hashed')}</span>
    </>
  );
}
