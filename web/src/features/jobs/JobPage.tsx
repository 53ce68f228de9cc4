import { useSay } from '../../i18n/i18n';
import { PageHeader } from '../../ui/PageHeader';

export function JobPage() {
  const say = useSay();
  return <PageHeader title={say('page.jobs')} />;
}
