package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One record of all metrics of an answer: the first value of each under its name, behind which the period stands if it is one of
 * {@code named_periods}, and the time that the first one ends at as {@code date}.
 */
final class MetricsExtractor implements Extractor {
    private final Extractor metrics;
    private final List<String> namedPeriods;

    MetricsExtractor(Component component, Surroundings surroundings) {
        this.metrics = new PathExtractor(component, surroundings);
        this.namedPeriods = component.texts("named_periods");
    }

    @Override
    public List<Object> records(List<Object> elements) {
        List<Object> records = new ArrayList<>();
        for (Object element : elements) {
            Map<Object, Object> record = new LinkedHashMap<>();
            for (Object metric : metrics.records(List.of(element))) {
                String period = Values.str(Values.member(metric, "period"));
                String name = Values.str(Values.member(metric, "name"));
                Object first = Values.member(metric, "values") instanceof List<?> values && !values.isEmpty()
                        ? Values.asList(values).getFirst()
                        : None.NONE;
                record.put(namedPeriods.contains(period) ? name + "_" + period : name, Values.member(first, "value"));
                record.putIfAbsent("date", Values.member(first, "end_time"));
            }
            if (!record.isEmpty()) {
                records.add(record);
            }
        }
        return records;
    }
}
