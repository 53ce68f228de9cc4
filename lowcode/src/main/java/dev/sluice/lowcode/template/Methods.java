package dev.sluice.lowcode.template;

import dev.sluice.lowcode.time.PythonFormat;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Values;
import dev.sluice.lowcode.value.WithAttributes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes and methods that values have for templates. There is no way from here to anything of the program. */
final class Methods {
    private static final Set<String> MAP =
            Set.of("get", "items", "keys", "values", "pop", "update", "copy", "setdefault");
    private static final Set<String> LIST =
            Set.of("append", "extend", "insert", "pop", "remove", "index", "count", "copy", "reverse", "sort");

    private Methods() {}

    /** The attribute of a value; null if it has none with this name. */
    static @Nullable Object attribute(Object of, String name, Allowance allowance) {
        if (of instanceof WithAttributes special) {
            Object found = special.attribute(name);
            if (found != null) {
                return found;
            }
        }
        if (name.startsWith("_")) {
            return null;
        }
        return switch (of) {
            case String text
            when TextMethods.has(name) -> (Callable) arguments -> TextMethods.call(text, name, arguments, allowance);
            case Map<?, ?> map
            when MAP.contains(name) -> (Callable) arguments -> ofMap(Values.asMap(map), name, arguments);
            case Tuple(List<Object> items)
            when name.equals("index") || name.equals("count") ->
                (Callable) arguments -> ofList(new ArrayList<>(items), name, arguments, allowance);
            case List<?> list
            when LIST.contains(name) -> (Callable) arguments -> ofList(Values.asList(list), name, arguments, allowance);
            case Moment moment -> ofMoment(moment, name);
            case LocalDate date -> ofDate(date, name);
            case Duration span -> ofSpan(span, name);
            default -> null;
        };
    }

    private static Object ofMap(Map<Object, Object> map, String name, Arguments arguments) {
        return switch (name) {
            case "get" -> {
                Object found = map.get(arguments.required(0, "key"));
                yield found == null ? arguments.optional(1, "default").orElse(None.NONE) : found;
            }
            case "items" -> {
                List<Object> pairs = new ArrayList<>(map.size());
                map.forEach((key, value) -> pairs.add(Tuple.of(key, value)));
                yield pairs;
            }
            case "keys" -> new ArrayList<>(map.keySet());
            case "values" -> new ArrayList<>(map.values());
            case "copy" -> new LinkedHashMap<>(map);
            case "setdefault" -> {
                Object value = arguments.optional(1, "default").orElse(None.NONE);
                Object before = map.putIfAbsent(arguments.required(0, "key"), value);
                yield before == null ? value : before;
            }
            case "update" -> {
                arguments.optional(0, "other").ifPresent(other -> map.putAll(Values.mapOrEmpty(other)));
                map.putAll(arguments.named());
                yield None.NONE;
            }
            default -> {
                Object removed = map.remove(arguments.required(0, "key"));
                yield removed != null
                        ? removed
                        : arguments.optional(1, "default").orElseThrow(() -> Fault.value("the key is missing"));
            }
        };
    }

    private static Object ofList(List<Object> list, String name, Arguments arguments, Allowance allowance) {
        switch (name) {
            case "append" -> list.add(arguments.required(0, "item"));
            case "extend" -> {
                List<Object> more = List.copyOf(Values.items(arguments.required(0, "items")));
                allowance.steps(more.size());
                list.addAll(more);
            }
            case "insert" -> {
                long place = arguments.whole(0, "index", 0);
                list.add(
                        Math.clamp(place < 0 ? place + list.size() : place, 0, list.size()),
                        arguments.required(1, "item"));
            }
            case "reverse" -> Collections.reverse(list);
            case "sort" -> list.sort(Values::compare);
            case "remove" -> list.remove(indexOf(list, arguments.required(0, "item")));
            case "copy" -> {
                return new ArrayList<>(list);
            }
            case "index" -> {
                return (long) indexOf(list, arguments.required(0, "item"));
            }
            case "count" -> {
                Object wanted = arguments.required(0, "item");
                return list.stream().filter(each -> Values.equal(each, wanted)).count();
            }
            default -> {
                long place = arguments.whole(0, "index", -1);
                long counted = place < 0 ? place + list.size() : place;
                if (counted < 0 || counted >= list.size()) {
                    throw Fault.value("pop index out of range");
                }
                return list.remove((int) counted);
            }
        }
        return None.NONE;
    }

    private static int indexOf(List<Object> list, Object wanted) {
        for (int i = 0; i < list.size(); i++) {
            if (Values.equal(list.get(i), wanted)) {
                return i;
            }
        }
        throw Fault.value("the value is not in the list");
    }

    private static @Nullable Object ofMoment(Moment moment, String name) {
        return switch (name) {
            case "hour" -> (long) moment.local().getHour();
            case "minute" -> (long) moment.local().getMinute();
            case "second" -> (long) moment.local().getSecond();
            case "microsecond" -> (long) moment.micros();
            case "timestamp" -> (Callable) arguments -> moment.seconds();
            case "date" -> (Callable) arguments -> moment.local().toLocalDate();
            case "strftime" -> (Callable) arguments -> PythonFormat.print(moment, arguments.text(0, "format"));
            case "isoformat" ->
                (Callable)
                        arguments -> moment.text(arguments.text(0, "sep", "T").charAt(0));
            case "replace" -> (Callable) arguments -> replaced(moment, arguments);
            case "astimezone" -> (Callable) arguments -> moment.inUtc();
            default -> ofDate(moment.local().toLocalDate(), name);
        };
    }

    private static Object replaced(Moment moment, Arguments arguments) {
        var local = moment.local();
        for (Map.Entry<String, Object> entry : arguments.named().entrySet()) {
            int value = entry.getKey().equals("tzinfo")
                    ? 0
                    : Numbers.big(entry.getValue()).intValueExact();
            local = switch (entry.getKey()) {
                case "year" -> local.withYear(value);
                case "month" -> local.withMonth(value);
                case "day" -> local.withDayOfMonth(value);
                case "hour" -> local.withHour(value);
                case "minute" -> local.withMinute(value);
                case "second" -> local.withSecond(value);
                case "microsecond" -> local.withNano(value * 1000);
                default -> local;
            };
        }
        boolean zoneGone = arguments.named().get("tzinfo") instanceof None;
        return new Moment(local, zoneGone ? null : moment.offset());
    }

    private static @Nullable Object ofDate(LocalDate date, String name) {
        return switch (name) {
            case "year" -> (long) date.getYear();
            case "month" -> (long) date.getMonthValue();
            case "day" -> (long) date.getDayOfMonth();
            case "weekday" -> (Callable) arguments -> date.getDayOfWeek().getValue() - 1L;
            case "isoweekday" ->
                (Callable) arguments -> (long) date.getDayOfWeek().getValue();
            case "isoformat" -> (Callable) arguments -> date.toString();
            case "strftime" ->
                (Callable) arguments -> PythonFormat.print(
                        new Moment(date.atStartOfDay(), ZoneOffset.UTC), arguments.text(0, "format"));
            default -> null;
        };
    }

    private static @Nullable Object ofSpan(Duration span, String name) {
        long days = Math.floorDiv(span.getSeconds(), 86_400L);
        return switch (name) {
            case "days" -> days;
            case "seconds" -> Math.floorMod(span.getSeconds(), 86_400L);
            case "microseconds" -> span.getNano() / 1000L;
            case "total_seconds" -> (Callable) arguments -> span.getSeconds() + span.getNano() / 1e9;
            default -> null;
        };
    }

    /** The item of a value under a key; null if there is none. */
    static @Nullable Object item(Object of, Object key) {
        if (of instanceof Map<?, ?> map) {
            return map.get(key);
        }
        List<Object> items = switch (of) {
            case Tuple(List<Object> all) -> all;
            case List<?> list -> Values.asList(list);
            case String text when Numbers.isWhole(key) -> Values.items(text);
            default -> null;
        };
        if (items == null || !Numbers.isWhole(key)) {
            return null;
        }
        long place = Numbers.big(key).longValueExact();
        long counted = place < 0 ? place + items.size() : place;
        return counted < 0 || counted >= items.size() ? null : Objects.requireNonNull(items.get((int) counted));
    }
}
