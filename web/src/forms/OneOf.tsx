import { Radio, Select, Stack, Switch } from '@mantine/core';
import { useSay } from '../i18n/i18n';
import { Gone, type ControlProps } from './FieldControl';
import classes from './forms.module.css';
import { Label } from './Label';
import { section, type Option } from './plan';
import { FieldList } from './SpecForm';
import { idOf, useForm, useValue } from './store';
import { isValues, optionOf, optionValue, startOption, switched } from './values';

const FEW = 5;

/** One of several ways. What was typed for a way that somebody leaves is there again when they come back to it. */
export function OneOf({ field, path }: ControlProps) {
  const say = useSay();
  const store = useForm();
  const value = useValue(path);
  const id = idOf(path);
  const chosen = value === undefined ? undefined : optionOf(field, value);
  const options = field.options.filter((option) => !option.isHidden || option === chosen);
  const isThere = value !== undefined;
  function choose(title: string | null) {
    const option = options.find((each) => each.title === title);
    if (option === undefined || option === chosen) {
      return;
    }
    const way = path.join('\n');
    if (chosen !== undefined && isValues(value)) {
      store.left.set(`${way}\n${chosen.title}`, value);
    }
    store.set(path, switched(value, option, store.left.get(`${way}\n${option.title}`)));
  }
  return (
    <Stack gap={6} id={id} tabIndex={-1}>
      <Label field={field} htmlFor={`${id}-choice`} />
      {!field.isRequired && options.length > 0 && field.schema.default === undefined && (
        <Switch
          label={say('form.on', { field: field.title })}
          checked={isThere}
          onChange={(event) =>
            store.set(path, event.currentTarget.checked ? optionValue(startOption(field)) : undefined)
          }
        />
      )}
      {isThere && options.length > 1 && (
        <Picker
          id={`${id}-choice`}
          options={options}
          chosen={chosen}
          isRadio={field.schema.display_type === 'radio' && options.length <= FEW}
          label={field.title}
          onChoose={choose}
        />
      )}
      {isThere && chosen === undefined && isValues(value) && <Gone field={field} value={value} />}
      {chosen !== undefined && <OptionFields option={chosen} path={path} />}
    </Stack>
  );
}

function OptionFields({ option, path }: { option: Option; path: string[] }) {
  const { required, optional } = section('', option.title, option.fields);
  return required.length + optional.length === 0 ? null : (
    <div className={classes.inner} key={option.title}>
      <FieldList required={required} optional={optional} path={path} />
    </div>
  );
}

function Picker({
  id,
  options,
  chosen,
  isRadio,
  label,
  onChoose,
}: {
  id: string;
  options: Option[];
  chosen: Option | undefined;
  isRadio: boolean;
  label: string;
  onChoose: (title: string | null) => void;
}) {
  return isRadio ? (
    <Radio.Group value={chosen?.title ?? null} onChange={onChoose} aria-label={label}>
      <Stack gap="xs">
        {options.map((option) => (
          <Radio.Card key={option.title} value={option.title} p="sm" className={classes.card}>
            <Radio.Indicator mr="sm" />
            <span>
              <strong>{option.title}</strong>
              {option.description && <small className={classes.about}>{option.description}</small>}
            </span>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  ) : (
    <Select
      id={id}
      aria-label={label}
      value={chosen?.title ?? null}
      data={options.map((option) => option.title)}
      allowDeselect={false}
      onChange={onChoose}
    />
  );
}
