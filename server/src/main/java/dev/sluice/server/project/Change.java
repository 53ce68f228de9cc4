package dev.sluice.server.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one source, destination or connection.
 *
 * @param kind what it is
 * @param name its name
 * @param action what is done
 * @param differences what changes of it
 * @param note what a person should know; null if there is nothing
 */
public record Change(
        Kind kind,
        String name,
        Action action,
        List<Difference> differences,
        @Nullable String note) {
    public Change {
        differences = List.copyOf(differences);
    }

    /** What a change is about. */
    public enum Kind {
        SOURCE,
        DESTINATION,
        CONNECTION
    }

    /** What is done. */
    public enum Action {
        CREATE,
        UPDATE,
        REMOVE
    }

    /**
     * A setting that changes.
     *
     * @param path where it stands
     * @param before what it is; null if it is not there
     * @param after what it becomes; null if it goes
     */
    public record Difference(
            String path, @Nullable Object before, @Nullable Object after) {
        Map<String, @Nullable Object> members() {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("path", path);
            members.put("before", before);
            members.put("after", after);
            return members;
        }
    }

    /** As programs read it. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("kind", kind.name().toLowerCase(Locale.ROOT));
        members.put("name", name);
        members.put("action", action.name().toLowerCase(Locale.ROOT));
        members.put("differences", differences.stream().map(Difference::members).toList());
        members.put("note", note);
        return members;
    }
}
