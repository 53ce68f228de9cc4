import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSay } from '../../i18n/i18n';
import { projectText } from '../../streams/projectText';
import { CopyButton } from '../../ui/CopyButton';
import { Icon } from '../../ui/icons';
import { ErrorCard, Loading } from '../../ui/states';
import { save } from '../../ui/save';
import classes from './Connection.module.css';
import { useConnectionId } from './useConnectionId';
import { project } from './queries';

const FILE = 'sluice.yaml';

/** The connection as a project file, for those who keep it with their code. */
export function CodeTab() {
  const say = useSay();
  const id = useConnectionId();
  const exported = useQuery(project(id));
  if (exported.isError) {
    return <ErrorCard error={exported.error} onRetry={() => void exported.refetch()} />;
  }
  if (exported.isPending) {
    return <Loading />;
  }
  const { text, notes, variables } = projectText(exported.data);
  return (
    <div className={classes.stack}>
      <Text c="dimmed">{say('code.text')}</Text>
      {notes.length > 0 && (
        <Alert color="yellow" icon={<Icon name="info" size={20} />}>
          {notes.map((note) => (
            <Text key={note}>{note}</Text>
          ))}
        </Alert>
      )}
      {variables.length > 0 && (
        <Alert color="blue" icon={<Icon name="lock" size={20} />}>
          {say('code.variables', { names: variables.join(', ') })}
        </Alert>
      )}
      <section className="sl-card" aria-label={say('connection.tab.code')}>
        <div className={classes.tools}>
          <Text size="sm" c="dimmed" mr="auto">
            {FILE}
          </Text>
          <Group gap="xs">
            <CopyButton text={text} />
            <Button
              size="xs"
              variant="default"
              leftSection={<Icon name="destination" />}
              onClick={() => save(new Blob([text], { type: 'application/yaml' }), FILE)}
            >
              {say('log.download')}
            </Button>
          </Group>
        </div>
        <pre className={classes.code} tabIndex={0}>
          <code>{text}</code>
        </pre>
      </section>
    </div>
  );
}
