package dev.sluice.lowcode.schema;

import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks a value by a JSON schema: the words that schemas of options use. Words that it does not know demand nothing. */
public final class SchemaCheck {
    private static final int MOST_DEPTH = 50;

    private final List<String> problems = new ArrayList<>();

    private SchemaCheck() {}

    /** What is wrong with a value; empty if nothing is. Values themselves are not told, as they may be secret. */
    public static List<String> problems(Object value, Object schema) {
        SchemaCheck check = new SchemaCheck();
        check.check(value, schema, "", 0);
        return check.problems;
    }

    private static boolean fits(Object value, Object schema, int depth) {
        SchemaCheck check = new SchemaCheck();
        check.check(value, schema, "", depth);
        return check.problems.isEmpty();
    }

    private void wrong(String place, String why) {
        problems.add((place.isEmpty() ? "it " : place + " ") + why);
    }

    private void check(Object value, Object schema, String place, int depth) {
        if (depth > MOST_DEPTH || !(schema instanceof Map<?, ?>)) {
            return;
        }
        Map<Object, Object> rules = Values.mapOrEmpty(schema);
        type(value, rules, place);
        if (rules.get("enum") instanceof List<?> words
                && words.stream().noneMatch(word -> Values.equal(Values.requireDefined(word), value))) {
            wrong(place, "is none of " + Values.str(words));
        }
        if (rules.containsKey("const") && !Values.equal(Values.member(rules, "const"), value)) {
            wrong(place, "is not " + Values.str(Values.member(rules, "const")));
        }
        switch (value) {
            case Map<?, ?> map -> members(Values.asMap(map), rules, place, depth);
            case List<?> list -> items(Values.asList(list), rules, place, depth);
            case String text -> text(text, rules, place);
            default -> number(value, rules, place);
        }
        choices(value, rules, place, depth);
    }

    private void type(Object value, Map<Object, Object> rules, String place) {
        Object given = rules.get("type");
        List<String> types = new ArrayList<>();
        if (given instanceof String one) {
            types.add(one);
        } else if (given instanceof List<?> several) {
            several.forEach(each -> types.add(Values.str(Values.requireDefined(each))));
        }
        if (!types.isEmpty() && types.stream().noneMatch(type -> is(value, type))) {
            wrong(place, "is no " + String.join(" or ", types));
        }
    }

    private static boolean is(Object value, String type) {
        return switch (type) {
            case "object" -> value instanceof Map<?, ?>;
            case "array" -> value instanceof List<?>;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> Values.typeName(value).equals("NoneType");
            case "number" -> Values.isNumber(value) && !(value instanceof Boolean);
            case "integer" -> Numbers.isWhole(value) || (value instanceof Double real && real == Math.rint(real));
            default -> true;
        };
    }

    private void members(Map<Object, Object> map, Map<Object, Object> rules, String place, int depth) {
        if (rules.get("required") instanceof List<?> names) {
            names.stream()
                    .map(name -> Values.str(Values.requireDefined(name)))
                    .filter(name -> !map.containsKey(name))
                    .forEach(name -> wrong(place, "has no " + name));
        }
        Map<Object, Object> properties = Values.mapOrEmpty(Values.member(rules, "properties"));
        Object others = Values.member(rules, "additionalProperties");
        map.forEach((name, member) -> {
            String inner = place.isEmpty() ? Values.str(name) : place + "." + Values.str(name);
            if (properties.containsKey(name)) {
                check(member, Values.member(properties, Values.str(name)), inner, depth + 1);
            } else if (Boolean.FALSE.equals(others)) {
                wrong(inner, "is not known");
            } else {
                check(member, others, inner, depth + 1);
            }
        });
    }

    private void items(List<Object> list, Map<Object, Object> rules, String place, int depth) {
        limits(list.size(), rules, "minItems", "maxItems", place);
        Object schema = Values.member(rules, "items");
        for (int i = 0; i < list.size(); i++) {
            check(list.get(i), schema, place + "[" + i + "]", depth + 1);
        }
    }

    private void text(String text, Map<Object, Object> rules, String place) {
        limits(text.codePointCount(0, text.length()), rules, "minLength", "maxLength", place);
        if (rules.get("pattern") instanceof String pattern) {
            try {
                if (!Pattern.compile(pattern).matcher(text).find()) {
                    wrong(place, "does not match " + pattern);
                }
            } catch (PatternSyntaxException unknown) {
                // A pattern that only other languages know demands nothing.
            }
        }
    }

    private void number(Object value, Map<Object, Object> rules, String place) {
        if (Values.isNumber(value) && !(value instanceof Boolean)) {
            limits(Numbers.real(value), rules, "minimum", "maximum", place);
        }
    }

    private void limits(double size, Map<Object, Object> rules, String least, String most, String place) {
        if (rules.get(least) instanceof Number bound && size < bound.doubleValue()) {
            wrong(place, "is less than " + bound);
        }
        if (rules.get(most) instanceof Number bound && size > bound.doubleValue()) {
            wrong(place, "is more than " + bound);
        }
    }

    private void choices(Object value, Map<Object, Object> rules, String place, int depth) {
        if (rules.get("allOf") instanceof List<?> all) {
            all.forEach(each -> check(value, Values.requireDefined(each), place, depth + 1));
        }
        if (rules.get("anyOf") instanceof List<?> any && fitting(value, any, depth) == 0) {
            wrong(place, "fits none of the choices");
        }
        if (rules.get("oneOf") instanceof List<?> one && fitting(value, one, depth) != 1) {
            wrong(place, "does not fit one choice alone");
        }
        Object not = Values.member(rules, "not");
        if (not instanceof Map<?, ?> && fits(value, not, depth + 1)) {
            wrong(place, "is what it must not be");
        }
    }

    private static long fitting(Object value, List<?> choices, int depth) {
        return choices.stream()
                .filter(each -> fits(value, Values.requireDefined(each), depth + 1))
                .count();
    }
}
