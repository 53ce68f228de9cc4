package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.time.TimeFormat;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the texts of fields whose schema has a {@code format} of dates or times into ISO 8601, from the formats that a service
 * writes; with {@code iso} also from other shapes of ISO 8601. A text of another format stays, so that the type of its field decides about it.
 */
final class DateRules {
    /** Zones by the letters that services of North America and Europe put behind a time, in hours. */
    private static final Map<String, String> ZONES = Map.ofEntries(
            Map.entry("UTC", "+00:00"),
            Map.entry("GMT", "+00:00"),
            Map.entry("BST", "+01:00"),
            Map.entry("CET", "+01:00"),
            Map.entry("CEST", "+02:00"),
            Map.entry("MET", "+01:00"),
            Map.entry("MEST", "+02:00"),
            Map.entry("EST", "-05:00"),
            Map.entry("EDT", "-04:00"),
            Map.entry("PST", "-08:00"),
            Map.entry("PDT", "-07:00"),
            Map.entry("JST", "+09:00"));

    private final String format;
    private final String printed;
    private final List<String> formats = new ArrayList<>();
    private final boolean iso;
    private final boolean emptyIsNull;

    DateRules(Component component, Surroundings surroundings) {
        format = component.text("format");
        printed = component.text("to", "");
        iso = component.truth("iso", false);
        emptyIsNull = component.truth("empty_is_null", false);
        formats.addAll(component.texts("from"));
        if (component.has("from_by")) {
            String option = Values.str(surroundings.configAt(component.texts("option")));
            component.required("from_by").optionalText(option).ifPresent(formats::add);
        }
    }

    /** A value of a field with this schema in the shape that is wanted. */
    Object applied(Object value, Object schema) {
        if (!(value instanceof String text) || !Values.member(schema, "format").equals(format)) {
            return value;
        }
        if (text.isEmpty()) {
            return emptyIsNull ? None.NONE : value;
        }
        return printed.isEmpty() ? value : read(text).<Object>map(this::text).orElse(value);
    }

    private String text(Moment moment) {
        return printed.equals("iso") ? moment.text('T') : TimeFormat.print(moment, printed);
    }

    private Optional<Moment> read(String text) {
        if (iso) {
            try {
                String last = text.substring(text.lastIndexOf(' ') + 1);
                String zone = ZONES.get(last);
                return Optional.of(
                        Iso.moment(zone == null ? text : text.substring(0, text.length() - last.length() - 1) + zone));
            } catch (Fault other) {
                // one of the formats may fit
            }
        }
        for (String each : formats) {
            try {
                return Optional.of(TimeFormat.parse(text, each));
            } catch (Fault other) {
                // the next format may fit
            }
        }
        return Optional.empty();
    }
}
