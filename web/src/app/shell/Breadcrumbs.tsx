import { Link, useMatches } from '@tanstack/react-router';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import classes from './Shell.module.css';

/** The way here. A route names its step by `staticData: { crumb: 'page.…' }`. */
export function Breadcrumbs() {
  const say = useSay();
  const matches = useMatches();
  const steps = matches.flatMap((match) => {
    const crumb = match.staticData.crumb;
    return crumb === undefined ? [] : [{ path: match.pathname, label: say(crumb) }];
  });
  return (
    <nav aria-label={say('nav.breadcrumb')} style={{ marginRight: 'auto', minWidth: 0 }}>
      <ol className={classes.crumbs}>
        {steps.map(({ path, label }, index) => (
          <li key={path}>
            {index > 0 && <Icon name="chevronRight" size={12} />}
            {index < steps.length - 1 ? (
              <Link to={path}>{label}</Link>
            ) : (
              <span aria-current="page">{label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
