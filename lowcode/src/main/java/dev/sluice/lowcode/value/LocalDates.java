package dev.sluice.lowcode.value;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dates in trees that become JSON, which has no word for them. */
public final class LocalDates {
    private LocalDates() {}

    /** The same tree with each date and moment as its text. */
    public static Object asTexts(Object value) {
        return switch (value) {
            case LocalDate date -> date.toString();
            case Moment moment -> moment.toString();
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, each) -> copy.put(asTexts(key), asTexts(each)));
                yield copy;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(each -> copy.add(asTexts(each)));
                yield copy;
            }
            default -> value;
        };
    }
}
