import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { parseDocument, stringify } from 'yaml';
import { useSay } from '../i18n/i18n';
import classes from './forms.module.css';

/** A value as text. What cannot be read is complained of with its line, and nothing is changed until it can. */
export default function YamlEditor({
  id,
  label,
  value,
  onChange,
}: {
  id?: string;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const say = useSay();
  const [text, setText] = useState(() => (value === undefined ? '' : stringify(value)));
  const [wrong, setWrong] = useState<string>();
  function read(next: string) {
    setText(next);
    const document = parseDocument(next);
    const [problem] = document.errors;
    if (problem !== undefined) {
      setWrong(say('form.yaml.wrong', { why: problem.message.split('\n')[0] ?? '' }));
      return;
    }
    setWrong(undefined);
    onChange(next.trim() === '' ? undefined : document.toJS({ maxAliasCount: 50 }));
  }
  return (
    <Textarea
      id={id}
      aria-label={label}
      autosize
      minRows={4}
      maxRows={30}
      spellCheck={false}
      value={text}
      error={wrong}
      classNames={{ input: classes.mono ?? '' }}
      onChange={(event) => read(event.currentTarget.value)}
    />
  );
}
