import { useSay } from '../i18n/i18n';
import { Empty } from '../ui/states';

export function NoWorkspace() {
  const say = useSay();
  return (
    <main>
      <Empty icon="lock" title={say('workspaces.title')} text={say('workspaces.none')} />
    </main>
  );
}
