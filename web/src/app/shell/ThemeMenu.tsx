import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useSay } from '../../i18n/i18n';
import { Icon } from '../../ui/icons';
import { usePreferences } from '../Preferences';

const SCHEMES = [
  ['auto', 'contrast'],
  ['light', 'sun'],
  ['dark', 'moon'],
] as const;

export function ThemeMenu() {
  const say = useSay();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  const { high, setHigh } = usePreferences();
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon aria-label={say('theme.label')}>
          <Icon name={shown === 'dark' ? 'moon' : 'sun'} size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(([scheme, icon]) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            leftSection={<Icon name={icon} />}
            rightSection={colorScheme === scheme ? <Icon name="check" /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {say(`theme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={high}
          leftSection={<Icon name="eye" />}
          rightSection={high ? <Icon name="check" /> : null}
          onClick={() => setHigh(!high)}
        >
          {say('theme.contrast')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
