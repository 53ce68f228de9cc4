package dev.sluice.engine.plan;

import dev.sluice.engine.expr.Expression;
import dev.sluice.engine.expr.Syntax;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Proposes which field of a stream becomes which field of an object: names that are alike, of types that can become each other. */
public final class FieldSuggestions {
    /** Names that have less in common than this are not worth proposing. */
    private static final double LEAST = 0.5;

    private FieldSuggestions() {}

    /**
     * A field of the object and what may come into it.
     *
     * @param to the field of the object
     * @param field the field of the stream
     * @param likeness how alike their names are: 1 where they differ in case and signs at most
     */
    public record Suggestion(String to, String field, double likeness) {}

    /** The likeliest pairs first; each field is proposed once. */
    public static List<Suggestion> of(Schema stream, ObjectOperation operation) {
        List<Suggestion> pairs = new ArrayList<>();
        for (ObjectField field : operation.fields()) {
            for (String name : stream.names()) {
                double likeness = Math.max(likeness(name, field.name()), likeness(name, field.label()));
                if (likeness >= LEAST && fits(stream, name, field)) {
                    pairs.add(new Suggestion(field.name(), name, likeness));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Suggestion::likeness).reversed());
        Set<String> from = new HashSet<>();
        Set<String> to = new HashSet<>();
        return pairs.stream()
                .filter(pair -> !from.contains(pair.field()) && !to.contains(pair.to()))
                .filter(pair -> from.add(pair.field()) && to.add(pair.to()))
                .toList();
    }

    private static boolean fits(Schema stream, String name, ObjectField field) {
        return field.field().type() instanceof DataType.UnknownType
                || Expression.of(new Syntax.Name(name, 0), stream)
                        .as(field.field().type())
                        .isPresent();
    }

    /** How much two names have in common, by their pairs of letters (Dice). */
    static double likeness(String one, String other) {
        String a = plain(one);
        String b = plain(other);
        if (a.equals(b)) {
            return a.isEmpty() ? 0 : 1;
        }
        if (a.length() < 2 || b.length() < 2) {
            return 0;
        }
        Map<String, Integer> left = pairs(a);
        int common = 0;
        for (Map.Entry<String, Integer> pair : pairs(b).entrySet()) {
            common += Math.min(pair.getValue(), left.getOrDefault(pair.getKey(), 0));
        }
        double alike = 2.0 * common / (a.length() + b.length() - 2);
        return Math.min(alike, 0.99); // the same letters in another order are not the same name
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static Map<String, Integer> pairs(String name) {
        Map<String, Integer> pairs = new HashMap<>();
        for (int i = 0; i + 1 < name.length(); i++) {
            pairs.merge(name.substring(i, i + 2), 1, Integer::sum);
        }
        return pairs;
    }
}
