import type { Say } from '../../i18n/i18n';
import { EN, type MessageId } from '../../i18n/messages';

/** What a field is called. */
export function fieldWord(say: Say, key: string): string {
  return known(say, `builder.f.${key}`) ?? key.replaceAll('_', ' ');
}

export function fieldHint(say: Say, key: string): string | undefined {
  return known(say, `builder.h.${key}`);
}

/** What a kind of component is called. */
export function typeWord(say: Say, type: string): string {
  return known(say, `builder.t.${type}`) ?? type;
}

export function optionWord(say: Say, option: string): string {
  return known(say, `builder.o.${option}`) ?? option;
}

function known(say: Say, id: string): string | undefined {
  return id in EN ? say(id as MessageId) : undefined;
}
