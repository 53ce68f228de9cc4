package dev.sluice.lowcode.select;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records that lie in lists of other records, with fields of those that they lie in. Each of the {@code levels} names the
 * {@code list} that leads to it, and what its records {@code carry} into those below them; with {@code carries_all} that is
 * everything but the list. A field of both is that of the inner record, unless {@code outer_wins}.
 */
final class NestedExtractor implements Extractor {
    private final List<Component> levels;
    private final boolean outerWins;
    private final Map<Object, Object> only;
    private final List<String> maps;

    NestedExtractor(Component component) {
        this.levels = component.all("levels");
        this.outerWins = component.truth("outer_wins", false);
        this.only = Values.mapOrEmpty(component.raw("only"));
        this.maps = component.texts("maps_or_nothing");
    }

    @Override
    public List<Object> records(List<Object> elements) {
        List<Object> records = new ArrayList<>();
        elements.forEach(element -> collect(element, 0, Map.of(), records));
        return records;
    }

    private void collect(Object above, int depth, Map<Object, Object> carried, List<Object> records) {
        Component level = levels.get(depth);
        Object list = Values.member(above, level.text("list"));
        for (Object each : list instanceof List<?> found ? Values.asList(found) : List.of()) {
            if (depth == levels.size() - 1) {
                add(Values.mapOrEmpty(each), carried, records);
                continue;
            }
            Map<Object, Object> more = new LinkedHashMap<>(carried);
            if (level.truth("carries_all", false)) {
                more.putAll(Values.mapOrEmpty(each));
                more.remove(levels.get(depth + 1).text("list"));
            }
            Values.mapOrEmpty(level.raw("carry"))
                    .forEach((name, field) -> more.put(name, Values.member(each, Values.str(field))));
            collect(each, depth + 1, more, records);
        }
    }

    private void add(Map<Object, Object> inner, Map<Object, Object> carried, List<Object> records) {
        for (Map.Entry<Object, Object> wanted : only.entrySet()) {
            if (!Values.equal(Values.member(inner, Values.str(wanted.getKey())), wanted.getValue())) {
                return;
            }
        }
        Map<Object, Object> record = new LinkedHashMap<>(outerWins ? inner : carried);
        record.putAll(outerWins ? carried : inner);
        for (String field : maps) {
            if (!(record.get(field) instanceof Map<?, ?>)) {
                record.put(field, None.NONE);
            }
        }
        records.add(record);
    }
}
