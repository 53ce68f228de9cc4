package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Undefined;
import dev.sluice.lowcode.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What can be done to a value with {@code |}. */
final class Filters {
    private final Allowance allowance;

    Filters(Allowance allowance) {
        this.allowance = allowance;
    }

    Object apply(String name, Object value, Arguments arguments) {
        allowance.step();
        return switch (name) {
            case "default", "d" -> fallback(value, arguments);
            case "int" -> whole(Values.requireDefined(value), arguments);
            case "float" -> real(Values.requireDefined(value), arguments);
            case "string" -> string(value);
            case "length", "count" -> length(value);
            case "list" -> new ArrayList<>(Values.items(value));
            case "first" -> end(Values.items(value), true);
            case "last" -> end(Values.items(value), false);
            case "join" -> join(value, arguments);
            case "items" -> value instanceof Undefined ? List.of() : pairs(value);
            case "tojson" -> tojson(value);
            case "abs", "round" -> {
                if (value instanceof Undefined) {
                    throw Fault.type("the filter needs a number");
                }
                yield number(name, value, arguments);
            }
            case "sum", "min", "max" -> number(name, value, arguments);
            case "map",
                    "select",
                    "reject",
                    "selectattr",
                    "rejectattr",
                    "sort",
                    "unique",
                    "reverse",
                    "batch",
                    "dictsort",
                    "attr" -> list(name, value, arguments);
            case "hash", "hmac", "urlencode" ->
                Codes.apply(name, value instanceof Undefined ? "" : text(value), arguments);
            case "base64encode", "base64decode", "base64binascii_decode" ->
                Codes.apply(name, text(defined(value)), arguments);
            case "regex_search" -> new PythonRegex(arguments.text(0, "regex")).firstGroup(onlyText(value), allowance);
            case "regex_replace" ->
                new PythonRegex(arguments.text(0, "regex"))
                        .replace(onlyText(value), arguments.text(1, "replacement"), allowance);
            default -> words(name, value, arguments);
        };
    }

    private Object words(String name, Object value, Arguments arguments) {
        String text = Values.str(value);
        return switch (name) {
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "title" -> TextMethods.title(text);
            case "capitalize" -> TextMethods.capitalized(text);
            case "trim" -> TextMethods.call(text, "strip", arguments, allowance);
            case "replace" ->
                TextMethods.replaced(
                        text,
                        Values.str(arguments.required(0, "old")),
                        Values.str(arguments.required(1, "new")),
                        arguments.whole(2, "count", -1),
                        allowance);
            case "escape", "e", "forceescape" ->
                text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("'", "&#39;")
                        .replace("\"", "&#34;");
            case "safe" -> text;
            case "wordcount" ->
                (long) Values.items(TextMethods.call(text, "split", Arguments.NONE, allowance))
                        .size();
            case "format" -> Formatting.percent(text, new Tuple(arguments.positional()));
            case "truncate" -> truncate(text, arguments);
            case "striptags" -> text.replaceAll("<[^<>]*>", " ").strip().replaceAll("\\s+", " ");
            case "indent" -> text.replace("\n", "\n" + " ".repeat((int) arguments.whole(0, "width", 4)));
            default -> throw Fault.value("the filter " + name + " is not known");
        };
    }

    private static String onlyText(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw Fault.type("the filter needs a text, not a " + Values.typeName(value));
    }

    private static Object defined(Object value) {
        if (value instanceof Undefined missing) {
            throw Fault.undefined(missing.what());
        }
        return value;
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Undefined) {
            throw Fault.type("the filter needs a text");
        }
        if (value instanceof None || value instanceof List<?> || value instanceof Map<?, ?>) {
            throw Fault.type("the filter needs a text, not a " + Values.typeName(value));
        }
        return Values.str(value);
    }

    private static Object fallback(Object value, Arguments arguments) {
        boolean missing = value instanceof Undefined || (arguments.truth(1, "boolean", false) && !Values.truthy(value));
        return missing ? arguments.optional(0, "default_value").orElse("") : value;
    }

    private static Object whole(Object value, Arguments arguments) {
        Object fallback = arguments.optional(0, "default").orElse(0L);
        if (Numbers.isWhole(value)) {
            return Numbers.whole(Numbers.big(value));
        }
        try {
            if (value instanceof Double real) {
                return Numbers.truncate(real);
            }
            String text = Values.str(value).strip().replace("_", "");
            int radix = (int) arguments.whole(1, "base", 10);
            return text.matches("[+-]?\\w{1,4300}") && (radix != 10 || text.matches("[+-]?\\d+"))
                    ? Numbers.whole(new BigInteger(text, radix))
                    : Numbers.truncate(Double.parseDouble(text));
        } catch (NumberFormatException | Fault none) {
            return fallback;
        }
    }

    private static Object real(Object value, Arguments arguments) {
        try {
            return Values.isNumber(value)
                    ? Numbers.real(value)
                    : Double.parseDouble(Values.str(value).strip().replace("_", ""));
        } catch (NumberFormatException none) {
            return arguments.optional(0, "default").orElse(0.0);
        }
    }

    /** Texts stay; all else becomes JSON in three quotes, so that it is a text after the result is read as a literal. */
    private static Object string(Object value) {
        if (value instanceof Undefined) {
            throw Fault.type("what is undefined has no JSON");
        }
        return value instanceof String text ? text : "\"\"\"" + JsonValues.spaced(value, false) + "\"\"\"";
    }

    static long length(Object value) {
        return value instanceof String text
                ? text.codePointCount(0, text.length())
                : Values.items(value).size();
    }

    private static Object end(List<Object> items, boolean first) {
        if (items.isEmpty()) {
            return new Undefined("an element of what has none");
        }
        return first ? items.getFirst() : items.getLast();
    }

    private String join(Object value, Arguments arguments) {
        List<Object> texts = new ArrayList<>();
        for (Object item :
                mapped(Values.items(value), arguments.optional(1, "attribute").orElse(None.NONE))) {
            texts.add(Values.str(item));
        }
        return TextMethods.join(Values.str(arguments.optional(0, "d").orElse("")), texts, allowance);
    }

    private static List<Object> pairs(Object value) {
        List<Object> pairs = new ArrayList<>();
        if (!(value instanceof Map<?, ?> map)) {
            throw Fault.type("Can only get item pairs from a mapping.");
        }
        Values.asMap(map).forEach((key, each) -> pairs.add(Tuple.of(key, each)));
        return pairs;
    }

    private static String tojson(Object value) {
        if (value instanceof Undefined) {
            throw Fault.type("what is undefined has no JSON");
        }
        return JsonValues.spaced(value, true)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("'", "\\u0027");
    }

    private Object number(String name, Object value, Arguments arguments) {
        return switch (name) {
            case "abs" -> Values.compare(value, 0L) < 0 ? Operators.sign(true, value) : value;
            case "round" -> round(Values.requireDefined(value), arguments);
            case "sum" -> {
                Object sum = arguments.optional(1, "start").orElse(0L);
                for (Object item : mapped(
                        Values.items(value), arguments.optional(0, "attribute").orElse(None.NONE))) {
                    sum = Operators.binary("+", sum, item, allowance);
                }
                yield sum;
            }
            default -> {
                List<Object> items = Values.items(value);
                if (items.isEmpty()) {
                    yield new Undefined("an element of what has none");
                }
                yield name.equals("min")
                        ? Collections.min(items, Values::compare)
                        : Collections.max(items, Values::compare);
            }
        };
    }

    private static Object round(Object value, Arguments arguments) {
        RoundingMode mode = switch (arguments.text(1, "method", "common")) {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> RoundingMode.HALF_EVEN;
        };
        int digits = (int) arguments.whole(0, "precision", 0);
        return new BigDecimal(Numbers.real(value)).setScale(digits, mode).doubleValue();
    }

    private Object list(String name, Object value, Arguments arguments) {
        return switch (name) {
            case "map" -> map(Values.items(value), arguments);
            case "select", "reject", "selectattr", "rejectattr" -> chosen(name, Values.items(value), arguments);
            case "sort" -> sorted(Values.items(value), arguments);
            case "dictsort" -> sorted(pairs(value), Arguments.NONE);
            case "unique" -> unique(Values.items(value));
            case "attr" -> attribute(value, arguments.text(0, "name"));
            case "batch" -> batches(Values.items(value), (int) Math.max(1, arguments.whole(0, "linecount", 1)));
            default -> {
                if (value instanceof String text) {
                    yield new StringBuilder(text).reverse().toString();
                }
                List<Object> reversed = new ArrayList<>(Values.items(value));
                Collections.reverse(reversed);
                yield reversed;
            }
        };
    }

    private static List<Object> batches(List<Object> items, int size) {
        List<Object> batches = new ArrayList<>();
        for (int i = 0; i < items.size(); i += size) {
            batches.add(new ArrayList<>(items.subList(i, Math.min(items.size(), i + size))));
        }
        return batches;
    }

    private Object map(List<Object> items, Arguments arguments) {
        Object attribute = arguments.named().get("attribute");
        if (attribute != null) {
            List<Object> mapped = mapped(items, attribute);
            Object fallback = arguments.named().get("default");
            if (fallback != null) {
                mapped.replaceAll(each -> each instanceof Undefined ? fallback : each);
            }
            return mapped;
        }
        Arguments rest = rest(arguments);
        String name = arguments.text(0, "filter");
        List<Object> mapped = new ArrayList<>(items.size());
        items.forEach(item -> mapped.add(apply(name, item, rest)));
        return mapped;
    }

    private static Arguments rest(Arguments arguments) {
        List<Object> all = arguments.positional();
        return new Arguments(all.isEmpty() ? all : all.subList(1, all.size()), arguments.named());
    }

    private List<Object> mapped(List<Object> items, Object attribute) {
        List<Object> mapped = new ArrayList<>(items.size());
        items.forEach(item -> mapped.add(attribute instanceof None ? item : attribute(item, Values.str(attribute))));
        return mapped;
    }

    /** The attribute of an attribute and so on, by names with dots between them. */
    private Object attribute(Object of, String path) {
        Object value = of;
        for (String part : path.split("\\.", -1)) {
            Values.requireDefined(value);
            Object key = part.matches("\\d{1,9}") ? (Object) Long.parseLong(part) : part;
            Object found = Methods.item(value, key);
            if (found == null) {
                found = Methods.attribute(value, part, allowance);
            }
            value = found == null ? new Undefined("'" + part + "'") : found;
        }
        return value;
    }

    private List<Object> chosen(String name, List<Object> items, Arguments arguments) {
        boolean byAttribute = name.endsWith("attr");
        boolean wanted = name.startsWith("select");
        Arguments test = byAttribute ? rest(arguments) : arguments;
        List<Object> chosen = new ArrayList<>();
        for (Object item : items) {
            Object subject = byAttribute ? attribute(item, arguments.text(0, "attribute")) : item;
            boolean holds = test.positional().isEmpty()
                    ? Values.truthy(subject)
                    : Tests.holds(test.text(0, "test"), subject, rest(test).positional());
            if (holds == wanted) {
                chosen.add(item);
            }
        }
        return chosen;
    }

    private List<Object> sorted(List<Object> items, Arguments arguments) {
        boolean caseMatters = arguments.truth(1, "case_sensitive", false);
        Object attribute = arguments.optional(2, "attribute").orElse(None.NONE);
        List<Object[]> rows = new ArrayList<>();
        for (Object item : items) {
            Object key = attribute instanceof None ? item : attribute(item, Values.str(attribute));
            rows.add(new Object[] {
                key instanceof String text && !caseMatters ? text.toLowerCase(Locale.ROOT) : key, item
            });
        }
        Comparator<Object[]> order = (a, b) -> Values.compare(a[0], b[0]);
        rows.sort(arguments.truth(0, "reverse", false) ? order.reversed() : order);
        List<Object> sorted = new ArrayList<>(rows.size());
        rows.forEach(row -> sorted.add(row[1]));
        return sorted;
    }

    private static List<Object> unique(List<Object> items) {
        Map<Object, Object> seen = new LinkedHashMap<>();
        items.forEach(
                item -> seen.putIfAbsent(item instanceof String text ? text.toLowerCase(Locale.ROOT) : item, item));
        return new ArrayList<>(seen.values());
    }

    private static String truncate(String text, Arguments arguments) {
        long most = arguments.whole(0, "length", 255);
        if (text.length() <= most + 5) {
            return text;
        }
        String end = arguments.text(2, "end", "...");
        String cut = text.substring(0, (int) Math.max(0, most - end.length()));
        int blank = cut.lastIndexOf(' ');
        return (arguments.truth(1, "killwords", false) || blank < 0 ? cut : cut.substring(0, blank)) + end;
    }
}
