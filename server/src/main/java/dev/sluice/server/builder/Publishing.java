package dev.sluice.server.builder;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.workbench.Checked;
import dev.sluice.spi.workbench.Finding;
import dev.sluice.spi.workbench.FoundStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has to be known before a project is published: what is wrong with it, what was not tried out, and whom it changes. */
public final class Publishing {
    private Publishing() {}

    /**
     * Something to know.
     *
     * @param code a stable word
     * @param isError true if it cannot be published like this
     * @param message for people
     * @param stream the stream that it is about; null if it is about all
     */
    public record Check(
            String code,
            boolean isError,
            String message,
            @Nullable String stream) {}

    /**
     * A change that is felt by who uses a stream.
     *
     * @param stream the stream
     * @param what what changes
     */
    public record Breaking(String stream, String what) {}

    /**
     * A connection that uses the connector.
     *
     * @param connectionId its id
     * @param name its name
     * @param effect what becomes of it
     */
    public record Affected(UUID connectionId, String name, String effect) {}

    /** What to know of a manifest and its tests. */
    public static List<Check> checks(Checked checked, Map<String, BuilderTest> tests) {
        List<Check> checks = new ArrayList<>();
        for (Finding finding : checked.findings()) {
            if (finding.isError()) {
                String place = finding.line() > 0 ? "line " + finding.line() + ": " : "";
                checks.add(new Check("manifest", true, place + finding.problem().message(), null));
            }
        }
        if (checked.streams().isEmpty()) {
            checks.add(new Check("no_stream", true, "the connector has no stream", null));
        }
        for (FoundStream stream : checked.streams()) {
            test(stream, tests.get(stream.name()), checks);
        }
        return checks;
    }

    private static void test(FoundStream stream, @Nullable BuilderTest test, List<Check> checks) {
        String name = stream.name();
        if (test == null) {
            checks.add(new Check("not_tested", false, "the stream " + name + " was never tested", name));
            return;
        }
        if (!test.print().equals(stream.print())) {
            checks.add(new Check("test_outdated", false, "the stream " + name + " was changed since its test", name));
        }
        Json outcome = test.facts().outcome();
        Map<String, @Nullable Object> known = outcome == null ? Map.of() : JsonText.object(outcome.text());
        if (known.get("problem") instanceof String problem) {
            checks.add(new Check("test_failed", false, "the last test of " + name + " failed: " + problem, name));
        }
        if (known.get("warnings") instanceof List<?> warnings) {
            for (Object warning : warnings) {
                String code = String.valueOf(warning);
                words(code).ifPresent(words -> checks.add(new Check(code, false, words + " in " + name, name)));
            }
        }
    }

    private static Optional<String> words(String code) {
        return Optional.ofNullable(
                switch (code) {
                    case "no_records" -> "no records were read";
                    case "key_missing" -> "there is no primary key, or not every record has it,";
                    case "key_not_unique" -> "the primary key was not unique";
                    case "cursor_missing" -> "not every record has the cursor";
                    case "pages_equal" -> "page 1 and page 2 were the same";
                    case "schema_mismatch" -> "values were not of their declared types";
                    default -> null;
                });
    }

    /** What changes for who uses streams of the version before. */
    public static List<Breaking> breaking(Checked before, Checked after) {
        List<Breaking> breaking = new ArrayList<>();
        Map<String, FoundStream> now = new LinkedHashMap<>();
        after.streams().forEach(stream -> now.put(stream.name(), stream));
        for (FoundStream old : before.streams()) {
            FoundStream stream = now.get(old.name());
            if (stream == null) {
                breaking.add(new Breaking(old.name(), "the stream is no longer there"));
                continue;
            }
            if (!old.primaryKey().equals(stream.primaryKey())) {
                breaking.add(new Breaking(
                        old.name(), "the primary key was " + old.primaryKey() + " and is " + stream.primaryKey()));
            }
            if (!old.cursor().equals(stream.cursor())) {
                breaking.add(new Breaking(old.name(), "the cursor was " + old.cursor() + " and is " + stream.cursor()));
            }
            fields(old, stream, breaking);
        }
        return breaking;
    }

    private static void fields(FoundStream old, FoundStream stream, List<Breaking> breaking) {
        Map<String, @Nullable Object> before = properties(old);
        Map<String, @Nullable Object> after = properties(stream);
        Set<String> gone = new TreeSet<>(before.keySet());
        gone.removeAll(after.keySet());
        if (!gone.isEmpty() && !after.isEmpty()) {
            breaking.add(new Breaking(old.name(), "fields are no longer there: " + String.join(", ", gone)));
        }
        before.forEach((name, field) -> {
            if (after.containsKey(name) && !types(field).equals(types(after.get(name)))) {
                breaking.add(new Breaking(
                        old.name(),
                        "the type of " + name + " was " + String.join(" or ", types(field)) + " and is "
                                + String.join(" or ", types(after.get(name)))));
            }
        });
    }

    private static Map<String, @Nullable Object> properties(FoundStream stream) {
        return stream.schema()
                .map(JsonText::object)
                .map(schema -> JsonText.members(schema.getOrDefault("properties", Map.of())))
                .orElse(Map.of());
    }

    private static Set<String> types(@Nullable Object field) {
        Set<String> types = new TreeSet<>();
        if (field instanceof Map<?, ?> schema) {
            Object type = schema.get("type");
            if (type instanceof List<?> several) {
                several.forEach(each -> types.add(String.valueOf(each)));
            } else if (type != null) {
                types.add(type.toString());
            }
            Object format = schema.get("format");
            if (format != null) {
                types.add(format.toString());
            }
        }
        types.remove("null");
        return types;
    }

    /** The connections that use a connector, with what becomes of each. */
    public static List<Affected> affected(Transaction transaction, UUID definitionId, List<Breaking> breaking)
            throws SQLException {
        record Used(UUID id, String name, String stream, boolean isPinned) {}
        List<Used> used = transaction.all(
                row -> new Used(
                        row.id("id"), row.text("name"), row.text("stream"), row.numberOrNull("pinned_number") != null),
                "SELECT connection.id AS id, connection.name AS name, connection_stream.name AS stream,"
                    + " actor.pinned_number AS pinned_number FROM connection JOIN actor ON actor.id ="
                    + " connection.source_id JOIN connection_stream ON connection_stream.connection_id = connection.id"
                    + " WHERE actor.definition_id = ? AND actor.deleted_at IS NULL AND connection.deleted_at IS NULL"
                    + " AND connection_stream.selected = ? ORDER BY connection.name, connection.id,"
                    + " connection_stream.place",
                definitionId,
                true);
        Map<UUID, Affected> affected = new LinkedHashMap<>();
        for (Used each : used) {
            String felt = each.isPinned()
                    ? "stays at its version, as its source is pinned"
                    : "uses the new version from its next run on";
            for (Breaking change : breaking) {
                if (!each.isPinned() && change.stream().equals(each.stream())) {
                    felt = "breaks: " + change.stream() + ": " + change.what();
                    break;
                }
            }
            Affected known = affected.get(each.id());
            if (known == null || (felt.startsWith("breaks") && !known.effect().startsWith("breaks"))) {
                affected.put(each.id(), new Affected(each.id(), each.name(), felt));
            }
        }
        return List.copyOf(affected.values());
    }
}
