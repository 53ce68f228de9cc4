package dev.sluice.engine.words;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.Secret;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a stream in words: {@code cursorField}, {@code primaryKey}, {@code selectedFields}, {@code mappers},
 * {@code destinationObjectName}, {@code includeFiles} as Airbyte's public API has them; {@code excludedFields}, {@code
 * lossy}, {@code rejects}, {@code mappedFields} and {@code matchingKey} are ours.
 */
public final class StreamWords {
    /** What may be named. */
    public static final List<String> NAMES = List.of(
            "cursorField",
            "primaryKey",
            "selectedFields",
            "mappers",
            "includeFiles",
            ObjectWords.OBJECT,
            ObjectWords.KEY,
            ObjectWords.FIELDS,
            ObjectWords.DELETED,
            "excludedFields",
            "lossy",
            "rejects");

    private StreamWords() {}

    /**
     * The settings that words mean.
     *
     * @param pattern the stream or streams that are meant
     * @param mode the sync mode; null to let the planner choose
     * @throws ProblemException code {@code E_STREAM_SETTINGS}, if they do not make sense; nothing is left out
     */
    public static StreamSettings settings(String pattern, @Nullable String mode, Map<?, ?> words) {
        Members members = new Members("a stream", pattern, words);
        List<String> cursor = members.texts("cursorField");
        StreamMode known = mode == null
                ? null
                : StreamMode.of(mode).orElseThrow(() -> members.wrong("there is no sync mode " + mode));
        List<FieldPath> key =
                members.paths("primaryKey").stream().map(FieldPath::new).toList();
        FieldSelection fields = fields(members);
        List<MapperSetting> mappers = mappers(members);
        ObjectSettings objects = ObjectWords.read(members, new ObjectWords.Copied(known, fields, key, mappers));
        return new StreamSettings(
                pattern,
                known,
                cursor.isEmpty() ? null : new FieldPath(cursor),
                key,
                fields,
                objects == null ? members.findText(ObjectWords.OBJECT).orElse(null) : null,
                new RowRules(members.flag("lossy"), rejects(members), mappers, objects));
    }

    /** The name of a mode in Airbyte's public API. */
    public static String mode(StreamMode mode) {
        return mode == StreamMode.INCREMENTAL_APPEND_DEDUPED ? "incremental_deduped_history" : mode.key();
    }

    private static FieldSelection fields(Members members) {
        List<String> included = new ArrayList<>();
        for (Members selected : members.objects("selectedFields")) {
            List<String> path = selected.texts("fieldPath");
            if (path.size() != 1) {
                throw members.wrong("fields are selected as a whole, each by a path of one name");
            }
            included.add(path.getFirst());
        }
        List<String> excluded = members.texts("excludedFields");
        if (!included.isEmpty() && !excluded.isEmpty()) {
            throw members.wrong("fields are either selected or excluded");
        }
        return !included.isEmpty()
                ? new FieldSelection.Include(included)
                : excluded.isEmpty() ? new FieldSelection.All() : new FieldSelection.Exclude(excluded);
    }

    private static List<MapperSetting> mappers(Members members) {
        return members.objects("mappers").stream()
                .map(mapper -> MapperSetting.of(MapperWords.spec(mapper)))
                .toList();
    }

    private static @Nullable RejectRules rejects(Members members) {
        Object value = members.find("rejects").orElse(null);
        if (value == null) {
            return null;
        }
        Members rules = Members.of("rejects", members.where(), value)
                .only(List.of("policy", "max", "maxPercent", "notify", "notifyPercent", "strict"));
        try {
            return new RejectRules(
                    RejectRules.Policy.of(rules.word("policy", List.of("quarantine", "stop", "annotate")))
                            .orElseThrow(),
                    limit(rules, "max", "maxPercent"),
                    limit(rules, "notify", "notifyPercent"),
                    RejectRules.Strict.valueOf(rules.word("strict", List.of("off", "reject", "fail"))
                            .toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException contradiction) { // NumberFormatException is one
            throw rules.wrong("the rules for rejected records contradict each other: " + contradiction.getMessage());
        }
    }

    private static RejectLimit limit(Members rules, String most, String percent) {
        return new RejectLimit(
                rules.find(most).map(StreamWords::whole).orElse(null),
                rules.findText(percent).map(Double::valueOf).orElse(null));
    }

    private static Long whole(Object number) {
        return Long.valueOf(number.toString());
    }

    /**
     * The settings of a stream in words; its pattern and its mode are no part of them.
     *
     * @param usual the rules for rejected records where the stream has none of its own
     * @param secrets what is written in the place of the key of a mapper
     */
    public static Map<String, Object> words(
            StreamSettings stream, RejectRules usual, Function<Secret, String> secrets) {
        Map<String, Object> words = new LinkedHashMap<>();
        if (stream.cursor() != null) {
            words.put("cursorField", stream.cursor().parts());
        }
        if (!stream.primaryKey().isEmpty()) {
            words.put(
                    "primaryKey",
                    stream.primaryKey().stream().map(FieldPath::parts).toList());
        }
        switch (stream.fields()) {
            case FieldSelection.All _ -> {}
            case FieldSelection.Include(List<String> names) ->
                words.put(
                        "selectedFields",
                        names.stream()
                                .map(name -> Map.of("fieldPath", List.of(name)))
                                .toList());
            case FieldSelection.Exclude(List<String> names) -> words.put("excludedFields", names);
        }
        if (stream.alias() != null) {
            words.put(ObjectWords.OBJECT, stream.alias());
        }
        RowRules rows = stream.rows();
        if (rows.object() != null) {
            words.putAll(ObjectWords.words(rows.object()));
        }
        if (!rows.mappers().isEmpty()) {
            words.put(
                    "mappers",
                    rows.mappers().stream()
                            .map(mapper -> MapperWords.words(mapper.spec(), secrets))
                            .toList());
        }
        if (rows.lossyAccepted()) {
            words.put("lossy", true);
        }
        RejectRules rejects = rows.rejects() == null ? usual : rows.rejects();
        if (!rejects.equals(RejectRules.USUAL)) {
            words.put("rejects", words(rejects));
        }
        return words;
    }

    private static void put(Map<String, Object> words, RejectLimit limit, String most, String percent) {
        if (limit.most() != null) {
            words.put(most, limit.most());
        }
        if (limit.percent() != null) {
            words.put(percent, limit.percent());
        }
    }

    private static Map<String, Object> words(RejectRules rejects) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("policy", rejects.policy().key());
        put(words, rejects.limit(), "max", "maxPercent");
        put(words, rejects.notice(), "notify", "notifyPercent");
        if (rejects.strict() != RejectRules.Strict.OFF) {
            words.put("strict", rejects.strict().name().toLowerCase(Locale.ROOT));
        }
        return words;
    }
}
