package dev.sluice.cli.project;

import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RejectRules.Policy;
import dev.sluice.engine.connection.RejectRules.Strict;
import dev.sluice.engine.shelf.RejectFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what becomes of records that cannot be moved as they are: {@code rejects} and {@code strict}. */
final class RejectsReader {
    private static final List<String> OF_STREAM = List.of("policy", "max", "maxPercent", "notify", "notifyPercent");
    private static final List<String> OF_CONNECTION =
            List.of("policy", "max", "maxPercent", "notify", "notifyPercent", "store", "format");

    private RejectsReader() {}

    /** The rules that a connection asks for. */
    static RejectRules ofConnection(Yaml.Mapping settings) {
        return read(settings, RejectRules.USUAL, OF_CONNECTION);
    }

    /**
     * The rules that a stream asks for.
     *
     * @param usual what holds for what it does not say
     */
    static RejectRules ofStream(Yaml.Mapping settings, RejectRules usual) {
        return read(settings, usual, OF_STREAM);
    }

    /**
     * Where a connection wants rejected records as files; null for nowhere.
     *
     * @param known the destinations that have names
     */
    static @Nullable RejectShelf shelf(Yaml.Mapping settings, Map<String, EndpointEntry> known) {
        if (!(settings.find("rejects").orElse(null) instanceof Yaml.Mapping rejects)) {
            return null;
        }
        Yaml store = rejects.find("store").orElse(null);
        Yaml format = rejects.find("format").orElse(null);
        if (store == null) {
            if (format != null) {
                throw format.place()
                        .problem("`format` is that of files, and no `store` says where they go")
                        .fix("name a destination that is a folder or bucket: `store: NAME`")
                        .exception();
            }
            return null;
        }
        EndpointEntry there = store instanceof Yaml.Mapping
                ? ConnectionReader.endpoint("rejects", "destination", store)
                : ConnectionReader.named(store, "destination", known);
        RejectFormat wanted = format == null
                ? RejectFormat.CSV
                : RejectFormat.of(format.word("`format`", RejectFormat.keys())).orElseThrow();
        return new RejectShelf(there, wanted);
    }

    private static RejectRules read(Yaml.Mapping settings, RejectRules usual, List<String> keys) {
        Yaml rejects = settings.find("rejects").orElse(null);
        Yaml strict = settings.find("strict").orElse(null);
        Policy policy = rejects == null ? usual.policy() : policy(rejects, usual.policy(), keys);
        Strict strictness = strict == null ? usual.strict() : strict(strict);
        if (policy == Policy.ANNOTATE && strictness != Strict.OFF) {
            throw (strict == null && rejects != null ? rejects : strict == null ? settings : strict)
                    .place()
                    .problem("`rejects: annotate` and `strict` contradict each other")
                    .because("the one lets bad values arrive as null, the other lets none arrive")
                    .fix("choose one of them")
                    .exception();
        }
        return new RejectRules(
                policy,
                limit(rejects, usual.limit(), "max", "maxPercent"),
                limit(rejects, usual.notice(), "notify", "notifyPercent"),
                strictness);
    }

    private static Policy policy(Yaml value, Policy usual, List<String> keys) {
        if (value instanceof Yaml.Mapping mapping) {
            mapping.requireKeys("`rejects`", keys);
            return mapping.find("policy").map(RejectsReader::word).orElse(usual);
        }
        return word(value);
    }

    private static Policy word(Yaml value) {
        return Policy.of(value.word("`rejects`", Policy.keys())).orElseThrow();
    }

    private static RejectLimit limit(@Nullable Yaml value, RejectLimit usual, String many, String share) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return usual;
        }
        Double most = mapping.find(many)
                .map(max -> number(max, "`" + many + "` takes a number of records", Long.MAX_VALUE))
                .orElse(null);
        Double percent = mapping.find(share)
                .map(max -> number(max, "`" + share + "` takes a number from 0 to 100", 100))
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
