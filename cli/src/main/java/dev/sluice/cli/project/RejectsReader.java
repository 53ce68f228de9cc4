package dev.sluice.cli.project;

import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RejectRules.Policy;
import dev.sluice.engine.connection.RejectRules.Strict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what becomes of records that cannot be moved as they are: {@code rejects} and {@code strict}. */
final class RejectsReader {
    private RejectsReader() {}

    /**
     * The rules that a connection or a stream asks for.
     *
     * @param usual what holds for what it does not say
     */
    static RejectRules read(Yaml.Mapping settings, RejectRules usual) {
        Yaml rejects = settings.find("rejects").orElse(null);
        Yaml strict = settings.find("strict").orElse(null);
        Policy policy = rejects == null ? usual.policy() : policy(rejects, usual.policy());
        Strict strictness = strict == null ? usual.strict() : strict(strict);
        if (policy == Policy.ANNOTATE && strictness != Strict.OFF) {
            throw (strict == null && rejects != null ? rejects : strict == null ? settings : strict)
                    .place()
                    .problem("`rejects: annotate` and `strict` contradict each other")
                    .because("the one lets bad values arrive as null, the other lets none arrive")
                    .fix("choose one of them")
                    .exception();
        }
        return new RejectRules(policy, rejects == null ? usual.limit() : limit(rejects, usual.limit()), strictness);
    }

    private static Policy policy(Yaml value, Policy usual) {
        if (value instanceof Yaml.Mapping mapping) {
            mapping.requireKeys("`rejects`", List.of("policy", "max", "maxPercent"));
            return mapping.find("policy").map(RejectsReader::word).orElse(usual);
        }
        return word(value);
    }

    private static Policy word(Yaml value) {
        return Policy.of(value.word("`rejects`", Policy.keys())).orElseThrow();
    }

    private static RejectLimit limit(Yaml value, RejectLimit usual) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return usual;
        }
        Double most = mapping.find("max")
                .map(max -> number(max, "`max` takes a number of records", Long.MAX_VALUE))
                .orElse(null);
        Double percent = mapping.find("maxPercent")
                .map(max -> number(max, "`maxPercent` takes a number from 0 to 100", 100))
                .orElse(null);
        return new RejectLimit(
                most == null ? usual.most() : (Long) most.longValue(), percent == null ? usual.percent() : percent);
    }

    private static Double number(Yaml value, String message, double largest) {
        Double number = value instanceof Yaml.Scalar(Place ignored, Object scalar) ? number(scalar) : null;
        if (number == null || number < 0 || number > largest) {
            throw value.place().problem(message).exception();
        }
        return number;
    }

    private static @Nullable Double number(@Nullable Object scalar) {
        return scalar instanceof Number number ? (Double) number.doubleValue() : null;
    }

    private static Strict strict(Yaml value) {
        return switch (value.word("`strict`", List.of("true", "reject", "fail", "false"))) {
            case "true", "reject" -> Strict.REJECT;
            case "fail" -> Strict.FAIL;
            default -> Strict.OFF;
        };
    }
}
