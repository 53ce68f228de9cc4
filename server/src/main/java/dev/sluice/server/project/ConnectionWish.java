package dev.sluice.server.project;

import dev.sluice.engine.connection.Intent;
import dev.sluice.engine.connection.SchemaRule;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.shelf.RejectFormat;
import dev.sluice.engine.words.StreamWords;
import dev.sluice.server.connections.Naming;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.connections.SchemaRules;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.scheduler.Times;
import dev.sluice.server.store.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a project.
 *
 * @param name its name, which is its identity
 * @param source the name of its source
 * @param destination the name of its destination
 * @param rules how it runs
 * @param tags the names of its tags
 * @param intent what chooses the sync mode where a stream names none
 * @param streams the streams that it names, by name or by pattern
 */
record ConnectionWish(
        String name,
        String source,
        String destination,
        Rules rules,
        Set<String> tags,
        Intent intent,
        List<StreamWish> streams) {
    /** When it runs, how its tables are called, what happens when the source has changed, and where rejected records go. */
    record Rules(
            Schedule schedule,
            Naming naming,
            SchemaRules schemaRules,
            @Nullable Files rejects) {}

    /**
     * Where rejected records are put as files.
     *
     * @param destination the name of a destination
     * @param format the format of the files
     */
    record Files(String destination, RejectFormat format) {
        Map<String, Object> text() {
            return Map.of("destination", destination, "format", format.key());
        }
    }

    /**
     * A stream, or all that a pattern means.
     *
     * @param settings the settings
     * @param words the same as they are kept
     */
    record StreamWish(StreamSettings settings, Json words) {}

    static ConnectionWish read(Map<String, @Nullable Object> members) {
        return new ConnectionWish(
                String.valueOf(members.get("name")),
                String.valueOf(members.get("source")),
                String.valueOf(members.get("destination")),
                new Rules(schedule(members), naming(members), schemaRules(members), files(members)),
                tags(members),
                Intent.of(word(members, "intent", Intent.BY_STREAM.key())).orElse(Intent.BY_STREAM),
                streams(members));
    }

    private static Schedule schedule(Map<String, @Nullable Object> members) {
        Object given = members.get("schedule");
        if (given == null) {
            return new Schedule.Manual();
        }
        Map<String, @Nullable Object> schedule = JsonText.members(given);
        Object cron = schedule.get("cron");
        Schedule read = cron == null
                ? new Schedule.Every(
                        Long.parseLong(String.valueOf(schedule.get("every"))),
                        Schedule.Unit.valueOf(word(schedule, "unit", "hours").toUpperCase(Locale.ROOT)))
                : new Schedule.Cron(cron.toString(), word(schedule, "timezone", "UTC"));
        Times.require(read);
        return read;
    }

    private static Naming naming(Map<String, @Nullable Object> members) {
        Object format = members.get("namespaceFormat");
        return new Naming(
                Naming.Namespaces.valueOf(
                        word(members, "namespaceDefinition", "destination").toUpperCase(Locale.ROOT)),
                format == null ? null : format.toString(),
                word(members, "prefix", ""));
    }

    private static SchemaRules schemaRules(Map<String, @Nullable Object> members) {
        SchemaRule rule = SchemaRule.of(word(members, "schemaChanges", "propagate_columns"))
                .orElse(SchemaRule.PROPAGATE_COLUMNS);
        SchemaRules.Reaction reaction = switch (rule) {
            case IGNORE -> SchemaRules.Reaction.IGNORE;
            case PAUSE -> SchemaRules.Reaction.DISABLE_CONNECTION;
            case PROPAGATE_COLUMNS -> SchemaRules.Reaction.PROPAGATE_COLUMNS;
            case PROPAGATE_FULLY -> SchemaRules.Reaction.PROPAGATE_FULLY;
        };
        return new SchemaRules(reaction, Boolean.TRUE.equals(members.get("backfill")), true);
    }

    private static @Nullable Files files(Map<String, @Nullable Object> members) {
        Object given = members.get("rejectStore");
        if (given == null) {
            return null;
        }
        Map<String, @Nullable Object> store = JsonText.members(given);
        String format = word(store, "format", RejectFormat.CSV.key());
        return new Files(
                String.valueOf(store.get("destination")),
                RejectFormat.of(format)
                        .orElseThrow(() -> Problem.of(
                                        "E_PROJECT", ProblemKind.CONFIG, "rejected records have no format " + format)
                                .fix("choose one of " + RejectFormat.keys())
                                .exception()));
    }

    private static Set<String> tags(Map<String, @Nullable Object> members) {
        Set<String> tags = new TreeSet<>();
        if (members.get("tags") instanceof List<?> list) {
            list.forEach(tag -> tags.add(String.valueOf(tag)));
        }
        return tags;
    }

    private static List<StreamWish> streams(Map<String, @Nullable Object> members) {
        List<StreamWish> streams = new ArrayList<>();
        if (members.get("streams") instanceof List<?> list) {
            for (Object each : list) {
                Map<String, @Nullable Object> words = JsonText.members(each);
                String pattern = String.valueOf(words.remove("pattern"));
                Object mode = words.remove("syncMode");
                streams.add(new StreamWish(
                        StreamWords.settings(pattern, mode == null ? null : mode.toString(), words),
                        new Json(JsonText.write(words))));
            }
        }
        return streams;
    }

    private static String word(Map<String, @Nullable Object> members, String name, String otherwise) {
        return Objects.requireNonNullElse(members.get(name), otherwise).toString();
    }
}
