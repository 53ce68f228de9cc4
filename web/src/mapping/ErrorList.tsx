import { Alert } from '@mantine/core';
import type { MappingErrors } from '../api/schema';
import { useSay } from '../i18n/i18n';

export type MappingError = MappingErrors['errors'][number];

/** What a destination does not take of a mapping, and what to do. */
export function ErrorList({ errors }: { errors: MappingError[] }) {
  const say = useSay();
  return (
    <Alert color="red" role="alert" title={say('mapping.errors')}>
      <ul>
        {errors.map((each, at) => (
          <li key={at} data-code={each.code}>
            {[each.message, each.why, each.fix].filter((words) => words !== undefined).join('. ')}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
