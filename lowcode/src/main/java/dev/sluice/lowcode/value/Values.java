package dev.sluice.lowcode.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be asked of any value, as Python answers it. */
public final class Values {
    private Values() {}

    /** True if the value counts as true. */
    public static boolean truthy(Object value) {
        return switch (value) {
            case None ignored -> false;
            case Undefined ignored -> false;
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case BigInteger number -> number.signum() != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case Collection<?> many -> !many.isEmpty();
            case Tuple(List<Object> items) -> !items.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case Duration span -> !span.isZero();
            default -> true;
        };
    }

    /** True if the two are equal, whole numbers and fractions included. */
    public static boolean equal(Object a, Object b) {
        if (a instanceof Undefined || b instanceof Undefined) {
            return a instanceof Undefined && b instanceof Undefined;
        }
        if (isNumber(a) && isNumber(b)) {
            return Numbers.compare(a, b) == 0 && !isNan(a) && !isNan(b);
        }
        return switch (a) {
            case List<?> list -> b instanceof List<?> other && equalItems(list, other);
            case Tuple(List<Object> items) -> b instanceof Tuple(List<Object> others) && equalItems(items, others);
            case Map<?, ?> map -> b instanceof Map<?, ?> other && equalMaps(map, other);
            case Moment moment -> b instanceof Moment other && moment.isSame(other);
            default -> a.equals(b);
        };
    }

    private static boolean equalItems(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> others = b.iterator();
        for (Object each : a) {
            if (!equal(each, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object other = b.get(entry.getKey());
            if (other == null || !equal(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNan(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    /** True for whole numbers, fractions and truth values. */
    public static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    /**
     * Which of the two comes first.
     *
     * @throws Fault if such values have no order
     */
    public static int compare(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return Numbers.compare(a, b);
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        if (a instanceof Moment x && b instanceof Moment y) {
            return x.compareTo(y);
        }
        if (a instanceof LocalDate x && b instanceof LocalDate y) {
            return x.compareTo(y);
        }
        if (a instanceof Duration x && b instanceof Duration y) {
            return x.compareTo(y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return compareItems(x, y);
        }
        if (a instanceof Tuple(List<Object> x) && b instanceof Tuple(List<Object> y)) {
            return compareItems(x, y);
        }
        requireDefined(a);
        requireDefined(b);
        throw Fault.type("no order between " + typeName(a) + " and " + typeName(b));
    }

    private static int compareItems(List<?> a, List<?> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return compare(a.get(i), b.get(i));
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** Throws if the value is not there. */
    public static Object requireDefined(Object value) {
        if (value instanceof Undefined(String what)) {
            throw Fault.undefined(what);
        }
        return value;
    }

    /** What Python calls the type. */
    public static String typeName(Object value) {
        return switch (value) {
            case None ignored -> "NoneType";
            case Undefined ignored -> "Undefined";
            case Boolean ignored -> "bool";
            case Double ignored -> "float";
            case Number ignored -> "int";
            case String ignored -> "str";
            case Tuple ignored -> "tuple";
            case Set<?> ignored -> "set";
            case Collection<?> ignored -> "list";
            case Map<?, ?> ignored -> "dict";
            case Moment ignored -> "datetime";
            case LocalDate ignored -> "date";
            case Duration ignored -> "timedelta";
            default -> "object";
        };
    }

    /**
     * The elements that a loop over the value sees: the keys of a map, the characters of a text.
     *
     * @throws Fault if nobody can loop over it
     */
    public static List<Object> items(Object value) {
        return switch (value) {
            case Undefined ignored -> List.of();
            case Tuple(List<Object> items) -> items;
            case Collection<?> many -> new ArrayList<>(many);
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text -> characters(text);
            default -> throw Fault.type(typeName(value) + " is not iterable");
        };
    }

    private static List<Object> characters(String text) {
        List<Object> all = new ArrayList<>(text.length());
        text.codePoints().forEach(c -> all.add(Character.toString(c)));
        return all;
    }

    /** The text that Python's {@code str} makes of it. */
    public static String str(Object value) {
        return value instanceof String text ? text : Repr.of(value, false);
    }

    /** The text that Python's {@code repr} makes of it. */
    public static String repr(Object value) {
        return Repr.of(value, true);
    }

    /** The value as a map, keyed by texts; empty if it is none. */
    public static Map<Object, Object> mapOrEmpty(Object value) {
        return value instanceof Map<?, ?> map ? asMap(map) : Map.of();
    }

    /** The same map under the type that all maps of values have. */
    @SuppressWarnings("unchecked") // maps of values hold values only
    public static Map<Object, Object> asMap(Map<?, ?> map) {
        return (Map<Object, Object>) map;
    }

    /** The same list under the type that all lists of values have. */
    @SuppressWarnings("unchecked") // lists of values hold values only
    public static List<Object> asList(List<?> list) {
        return (List<Object>) list;
    }

    /** The member with this name, or none. */
    public static Object member(Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            Object found = map.get(name);
            return found == null ? None.NONE : found;
        }
        return None.NONE;
    }

    /** A copy all the way down, so that changing one leaves the other. */
    public static Object copy(Object value) {
        return switch (value) {
            case Map<?, ?> map -> copyMap(map);
            case Set<?> set -> new LinkedHashSet<Object>(set);
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                list.forEach(each -> copy.add(copy(each)));
                yield copy;
            }
            default -> value;
        };
    }

    /** A copy of a map all the way down. */
    public static Map<Object, Object> copyMap(Map<?, ?> map) {
        Map<Object, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, each) -> copy.put(key, copy(each)));
        return copy;
    }

    /** A value of the interface of connectors, where null is null and fractions may be decimals. */
    public static Object ofPlain(@Nullable Object plain) {
        return switch (plain) {
            case null -> None.NONE;
            case BigDecimal number -> number.doubleValue();
            case Float number -> number.doubleValue();
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, each) -> copy.put(String.valueOf(key), ofPlain(each)));
                yield copy;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(each -> copy.add(ofPlain(each)));
                yield copy;
            }
            default -> plain;
        };
    }

    /** A value as the interface of connectors has it; the inverse of {@link #ofPlain}. */
    public static @Nullable Object toPlain(Object value) {
        return switch (value) {
            case None ignored -> null;
            case String text -> text;
            case Number number -> number;
            case Boolean truth -> truth;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, each) -> copy.put(String.valueOf(key), toPlain(each)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(each -> copy.add(toPlain(each)));
                yield copy;
            }
            default -> str(value);
        };
    }
}
