package dev.sluice.cli.project;

import dev.sluice.engine.expr.Syntax;
import dev.sluice.engine.map.MapperSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads filters: an expression, or conditions put together by {@code and}, {@code or} and {@code not}. A condition of the
 * latter kind is true or false and nothing else: of a null it is false, and what it is denied by is true.
 */
final class FilterReader {
    private static final Map<String, String> SIGNS =
            Map.of("equals", "=", "notEquals", "<>", "less", "<", "atMost", "<=", "greater", ">", "atLeast", ">=");
    private static final List<String> SETTINGS = List.of(
            "field", "equals", "notEquals", "less", "atMost", "greater", "atLeast", "in", "isNull", "and", "or", "not");

    private FilterReader() {}

    static MapperSpec read(Yaml value) {
        if (value instanceof Yaml.Scalar) {
            return new MapperSpec.Filter(value.text("`filter`"), null);
        }
        Condition condition = condition(value);
        return new MapperSpec.Filter(condition.words, condition.tree);
    }

    /** A condition and how people read it. */
    private record Condition(Syntax tree, String words) {}

    private static Condition condition(Yaml value) {
        Yaml.Mapping settings = value.mapping("a condition");
        settings.requireKeys("a condition", SETTINGS);
        for (String word : List.of("and", "or", "not")) {
            if (settings.find(word).isPresent()) {
                if (settings.entries().size() > 1) {
                    throw settings.place()
                            .problem("`" + word + "` stands alone in its condition")
                            .fix("put the other conditions below it")
                            .exception();
                }
                return together(word, settings.get(word, "a condition"));
            }
        }
        return single(settings);
    }

    private static Condition together(String word, Yaml value) {
        List<Condition> conditions = new ArrayList<>();
        if (value instanceof Yaml.Sequence(Place ignored, List<Yaml> elements)) {
            elements.forEach(element -> conditions.add(condition(element)));
        } else {
            conditions.add(condition(value));
        }
        if (conditions.isEmpty()) {
            throw value.place().problem("`" + word + "` has no condition").exception();
        }
        boolean denies = word.equals("not");
        String operator = denies ? "or" : word;
        Syntax tree = conditions.getFirst().tree;
        for (Condition each : conditions.subList(1, conditions.size())) {
            tree = Syntax.call(operator, tree, each.tree);
        }
        String words =
                conditions.stream().map(Condition::words).collect(Collectors.joining(" " + operator + " ", "(", ")"));
        // None of the conditions may hold.
        return denies ? new Condition(Syntax.call("not", tree), "not " + words) : new Condition(tree, words);
    }

    private static Condition single(Yaml.Mapping settings) {
        String field = settings.get("field", "a condition").text("`field`");
        if (settings.entries().size() != 2) {
            throw settings.place()
                    .problem("a condition compares `field` with one thing")
                    .because("the comparisons are " + String.join(", ", SETTINGS.subList(1, 9)))
                    .fix("put several conditions together by `and` or `or`")
                    .exception();
        }
        String key = settings.entries().keySet().stream()
                .filter(each -> !each.equals("field"))
                .findFirst()
                .orElseThrow();
        Yaml value = settings.get(key, "a condition");
        Syntax name = new Syntax.Name(field, 0);
        if (key.equals("isNull")) {
            boolean wanted = value.word("`isNull`", List.of("true", "false")).equals("true");
            Syntax isNull = Syntax.call("is null", name);
            return new Condition(
                    wanted ? isNull : Syntax.call("not", isNull), field + (wanted ? " is null" : " is not null"));
        }
        if (key.equals("in")) {
            return in(field, name, value);
        }
        String text = value.text("`" + key + "`");
        String words = field + " " + SIGNS.get(key) + " '" + text + "'";
        Syntax literal = Syntax.literal(text);
        return new Condition(
                key.equals("notEquals")
                        ? Syntax.call("not", certain(Syntax.call("=", name, literal)))
                        : certain(Syntax.call(String.valueOf(SIGNS.get(key)), name, literal)),
                words);
    }

    private static Condition in(String field, Syntax name, Yaml value) {
        List<String> texts = value.texts("`in`");
        List<Syntax> arguments = new ArrayList<>(List.of(name));
        texts.forEach(text -> arguments.add(Syntax.literal(text)));
        if (texts.isEmpty()) {
            throw value.place().problem("`in` names nothing").exception();
        }
        return new Condition(
                certain(new Syntax.Call("in", arguments, 0)),
                texts.stream().map(text -> "'" + text + "'").collect(Collectors.joining(", ", field + " in (", ")")));
    }

    /** Unknown counts as false. */
    private static Syntax certain(Syntax condition) {
        return Syntax.call("coalesce", condition, Syntax.literal(false));
    }
}
