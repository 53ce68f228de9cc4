import { Paper, Radio, Title } from '@mantine/core';
import { useSay } from '../../i18n/i18n';
import classes from './Wizard.module.css';

/** Whether streams are copied into tables of ours, or their rows become objects that the destination has already. */
export function WayCards({
  isMapped,
  onChange,
}: {
  isMapped: boolean;
  onChange: (isMapped: boolean) => void;
}) {
  const say = useSay();
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h3" mb="sm" id="way-title">
        {say('mapping.way')}
      </Title>
      <Radio.Group
        aria-labelledby="way-title"
        value={isMapped ? 'objects' : 'copy'}
        onChange={(value) => onChange(value === 'objects')}
      >
        <div className={classes.intents}>
          {(['copy', 'objects'] as const).map((way) => (
            <Radio.Card key={way} value={way} p="sm" className={classes.intent}>
              <Radio.Indicator mt={2} />
              <span>
                <strong>{say(`mapping.way.${way}`)}</strong>
                <small>{say(`mapping.way.${way}.text`)}</small>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
    </Paper>
  );
}
