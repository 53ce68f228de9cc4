import { Radio, Stack } from '@mantine/core';
import { useSay } from '../../i18n/i18n';
import type { Remedy } from '../../streams/edits';

/** What becomes of the rows of streams that are there already; those that have been chosen together are treated alike. */
export function RemedyChoice<Offered extends Remedy>({
  names,
  description,
  offered,
  chosen,
  onChoose,
}: {
  names: string[];
  description?: string | undefined;
  offered: readonly Offered[];
  chosen: Offered;
  onChoose: (remedy: Offered) => void;
}) {
  const say = useSay();
  return (
    <Radio.Group
      label={say('schema.remedy', { names: names.join(', '), count: names.length })}
      description={description}
      value={chosen}
      onChange={(value) => {
        const remedy = offered.find((each) => each === value);
        if (remedy !== undefined) {
          onChoose(remedy);
        }
      }}
    >
      <Stack gap="xs" mt="xs">
        {offered.map((each) => (
          <Radio
            key={each}
            value={each}
            label={say(`schema.remedy.${each}`)}
            description={say(`schema.remedy.${each}.text`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
