package dev.sluice.lowcode.template;

import dev.sluice.lowcode.time.CalendarSpan;
import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.time.PythonFormat;
import dev.sluice.lowcode.time.TimeFormat;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The functions that every template may call. */
final class Macros {
    private static final String DEFAULT_FORMAT = "%Y-%m-%dT%H:%M:%S.%f%z";

    private final Clock clock;
    private final Map<String, Callable> functions = new HashMap<>();

    Macros(Clock clock) {
        this.clock = clock;
        functions.put("now_utc", arguments -> now());
        functions.put("today_utc", arguments -> now().local().toLocalDate());
        functions.put("today_with_timezone", arguments -> today(arguments.text(0, "timezone")));
        functions.put("timestamp", arguments -> timestamp(Values.requireDefined(arguments.required(0, "dt"))));
        functions.put(
                "str_to_datetime",
                arguments -> Iso.moment(arguments.text(0, "s")).inUtc());
        functions.put("format_datetime", Macros::format);
        functions.put(
                "day_delta",
                arguments -> PythonFormat.print(
                        now().plus(Duration.ofDays(arguments.whole(0, "num_days", 0))),
                        arguments.text(1, "format", DEFAULT_FORMAT)));
        functions.put("duration", arguments -> span(arguments.text(0, "datestring")));
        functions.put("max", arguments -> Collections.max(several(arguments), Values::compare));
        functions.put("min", arguments -> Collections.min(several(arguments), Values::compare));
        functions.put(
                "sanitize_url",
                arguments -> URLEncoder.encode(arguments.text(0, "value"), StandardCharsets.UTF_8)
                        .replace("*", "%2A")
                        .replace("%7E", "~"));
        functions.put("camel_case_to_snake_case", arguments -> snake(arguments.text(0, "value")));
        functions.put("generate_uuid", arguments -> UUID.randomUUID().toString());
        functions.put("namespace", arguments -> new Namespace(new LinkedHashMap<>(arguments.named())));
        functions.put("dict", Macros::dict);
        functions.put("json_loads", Macros::json);
    }

    @Nullable
    Object find(String name) {
        return functions.get(name);
    }

    Set<String> names() {
        return functions.keySet();
    }

    private Moment now() {
        return Moment.utc(clock.instant());
    }

    private LocalDate today(String zone) {
        try {
            return LocalDate.ofInstant(clock.instant(), ZoneId.of(zone));
        } catch (DateTimeException unknown) {
            throw Fault.value("there is no time zone " + zone);
        }
    }

    private static Object timestamp(Object value) {
        return switch (value) {
            case Double real -> Numbers.truncate(real);
            case Moment moment -> moment.seconds();
            case String text -> Iso.moment(text).seconds();
            default -> Numbers.whole(Numbers.big(value));
        };
    }

    private static Object span(String text) {
        CalendarSpan span = Iso.span(text);
        return span.months() == 0 ? span.rest() : span;
    }

    private static Object format(Arguments arguments) {
        Object value = Values.requireDefined(arguments.required(0, "dt"));
        String format = arguments.text(1, "format");
        Object input = arguments.optional(2, "input_format").orElse(None.NONE);
        return switch (value) {
            case Moment moment -> PythonFormat.print(moment, format);
            case LocalDate date -> PythonFormat.print(new Moment(date.atStartOfDay(), null), format);
            case String text
            when input instanceof String given ->
                TimeFormat.print(PythonFormat.parse(text, given).aware(), format);
            case String text -> TimeFormat.print(Iso.moment(text).inUtc(), format);
            default -> TimeFormat.print(TimeFormat.parse(value, input instanceof String given ? given : "%s"), format);
        };
    }

    private static List<Object> several(Arguments arguments) {
        List<Object> items = arguments.positional().size() == 1
                ? Values.items(arguments.positional().getFirst())
                : arguments.positional();
        if (items.isEmpty()) {
            throw Fault.value("max and min need at least one value");
        }
        return items;
    }

    private static String snake(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                out.append('_');
            }
            out.append(Character.toLowerCase(c));
        }
        return out.toString();
    }

    private static Object dict(Arguments arguments) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object given : arguments.positional()) {
            if (given instanceof Map<?, ?> other) {
                map.putAll(other);
            } else {
                Values.items(given)
                        .forEach(pair -> map.put(
                                Values.items(pair).get(0), Values.items(pair).get(1)));
            }
        }
        map.putAll(arguments.named());
        return map;
    }

    private static Object json(Arguments arguments) {
        try {
            return JsonValues.read(arguments.text(0, "s"));
        } catch (IllegalArgumentException notJson) {
            throw Fault.value("json_loads: not valid JSON");
        }
    }
}
