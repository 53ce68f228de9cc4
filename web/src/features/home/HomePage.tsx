import { useSay } from '../../i18n/i18n';
import { PageHeader } from '../../ui/PageHeader';

export function HomePage() {
  const say = useSay();
  return <PageHeader title={say('page.home')} />;
}
