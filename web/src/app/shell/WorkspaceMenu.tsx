import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { workspaces } from '../../api/queries';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { useWorkspaceId } from '../workspace';

/** Where there are several workspaces: which one this is, and the others. */
export function WorkspaceMenu() {
  const say = useSay();
  const ws = useWorkspaceId();
  const go = useNavigate();
  const { data } = useQuery(workspaces);
  const all = data?.data ?? [];
  if (all.length < 2) {
    return null;
  }
  const name = all.find((each) => each.workspaceId === ws)?.name ?? say('nav.workspace');
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="xs" rightSection={<Icon name="chevronDown" size={14} />}>
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={400} style={{ overflowY: 'auto' }}>
        <Menu.Label>{say('nav.workspace')}</Menu.Label>
        {all.map((each) => (
          <Menu.Item
            key={each.workspaceId}
            rightSection={each.workspaceId === ws ? <Icon name="check" /> : null}
            onClick={() => void go({ to: '/w/$ws/home', params: { ws: each.workspaceId } })}
          >
            {each.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
