import type { ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { recall } from '../ui/storage';
import { EN, type MessageId } from './messages';
import { pseudo } from './pseudo';

export type Values = Record<string, string | number | Date>;
export type Say = (id: MessageId, values?: Values) => string;

/** The locales that the page knows. `pseudo` is for those who build it. */
export const LOCALES = ['en', 'pseudo'] as const;
export type Locale = (typeof LOCALES)[number];

export function catalogue(locale: Locale): Record<string, string> {
  return locale === 'en'
    ? EN
    : Object.fromEntries(Object.entries(EN).map(([id, message]) => [id, pseudo(message)]));
}

export function I18n({ locale, children }: { locale?: Locale; children: ReactNode }) {
  const chosen = locale ?? (recall('locale') === 'pseudo' ? 'pseudo' : 'en');
  return (
    // Numbers and dates are written as the reader's browser has them; words are English.
    <IntlProvider
      locale={navigator.language || 'en'}
      defaultLocale="en"
      messages={catalogue(chosen)}
      onError={complain}
    >
      {children}
    </IntlProvider>
  );
}

function complain(problem: { code: string; message: string }): void {
  // That there are no words of the reader's language is known.
  if (problem.code !== 'MISSING_DATA') {
    console.error(problem.message);
  }
}

/** Says a message of the catalogue. */
export function useSay(): Say {
  const intl = useIntl();
  return (id, values) => intl.formatMessage({ id }, values);
}

/** A message with parts that are more than text: `<Said id="…" values={{ link: <a …/> }} />`. */
export function Said({ id, values }: { id: MessageId; values?: Record<string, ReactNode> }) {
  return <>{useIntl().formatMessage({ id }, values)}</>;
}
