package dev.sluice.cli.remote;

import dev.sluice.cli.project.Automation.Schedule;
import dev.sluice.cli.project.ConnectionEntry;
import dev.sluice.cli.project.EndpointEntry;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.project.RejectShelf;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.Side;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.RunLimits;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.Secret;
import dev.sluice.engine.words.StreamWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project as a server is told of it: references are resolved here, relative paths begin at the project file, and what
 * holds for all streams of a connection is said of each.
 */
public final class ProjectDocument {
    private final Session session;
    private final Project project;
    private final List<String> notes = new ArrayList<>();

    private ProjectDocument(Session session, Project project) {
        this.session = session;
        this.project = project;
    }

    /**
     * A project.
     *
     * @param members what the server is told
     * @param notes what a person should know, a sentence each
     */
    public record Told(Map<String, Object> members, List<String> notes) {}

    /** What a server is told of a project. */
    public static Told of(Session session, Project project) {
        return new ProjectDocument(session, project).told();
    }

    private Told told() {
        Map<String, Object> members = new LinkedHashMap<>();
        List<Object> sources = new ArrayList<>();
        for (EndpointEntry entry : project.sources().values()) {
            sources.add(endpoint(entry, nameOf(entry, "source"), session.source(project, entry)));
        }
        List<Object> destinations = new ArrayList<>();
        for (EndpointEntry entry : project.destinations().values()) {
            destinations.add(endpoint(entry, nameOf(entry, "destination"), session.destination(project, entry)));
        }
        List<Object> connections = new ArrayList<>();
        for (ConnectionEntry entry : project.connections().values()) {
            RejectShelf rejects = entry.rejects();
            if (rejects != null && !project.destinations().containsValue(rejects.destination())) {
                destinations.add(endpoint(
                        rejects.destination(),
                        rejectsName(entry),
                        session.destination(project, rejects.destination())));
            }
            connections.add(connection(entry));
        }
        members.put("sources", sources);
        members.put("destinations", destinations);
        members.put("connections", connections);
        return new Told(members, notes);
    }

    /** The name of the place for rejected records; one that stands within its connection gets a name of its own. */
    private String rejectsName(ConnectionEntry entry) {
        EndpointEntry there = Objects.requireNonNull(entry.rejects()).destination();
        return project.destinations().containsValue(there) ? nameOf(there, "destination") : nameOf(entry) + " rejects";
    }

    private Map<String, Object> endpoint(EndpointEntry entry, String name, Side<?> side) {
        if (entry.manifest().isPresent()) {
            throw entry.place()
                    .problem("a server does not run the source " + entry.name())
                    .because("a manifest defines its connector, and manifests run at the terminal only so far")
                    .fix("copy from it with `sluice sync`")
                    .exception();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("connector", side.connector().name());
        members.put("configuration", side.endpoint().config().values());
        return members;
    }

    /** A file with one connection names neither its sides nor, maybe, itself; a server knows things by their names. */
    private boolean isShort() {
        return project.connections().size() == 1
                && project.sources().keySet().equals(Set.of("source"))
                && project.destinations().keySet().equals(Set.of("destination"));
    }

    private String nameOf(EndpointEntry entry, String role) {
        return isShort() ? nameOf(project.connections().values().iterator().next()) + " " + role : entry.name();
    }

    private String nameOf(ConnectionEntry entry) {
        return isShort() && entry.name().equals("default") ? project.baseName() : entry.name();
    }

    private Map<String, Object> connection(ConnectionEntry entry) {
        String name = nameOf(entry);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("source", nameOf(entry.source(), "source"));
        members.put("destination", nameOf(entry.destination(), "destination"));
        Map<String, Object> schedule = schedule(entry.automation().schedule());
        if (schedule != null) {
            members.put("schedule", schedule);
        }
        members.put("tags", entry.automation().tags());
        members.put(
                "namespaceDefinition",
                switch (entry.naming().namespace()) {
                    case NamespaceRule.Destination() -> "destination";
                    case NamespaceRule.Source() -> "source";
                    case NamespaceRule.Custom(String format) -> {
                        members.put("namespaceFormat", format);
                        yield "custom_format";
                    }
                });
        members.put("prefix", entry.naming().prefix());
        members.put("intent", entry.rules().intent().key());
        members.put("schemaChanges", entry.rules().schemaChanges().key());
        members.put("backfill", entry.rules().backfill());
        RejectShelf rejects = entry.rejects();
        if (rejects != null) {
            members.put(
                    "rejectStore",
                    Map.of(
                            "destination",
                            rejectsName(entry),
                            "format",
                            rejects.format().key()));
        }
        List<Object> streams = new ArrayList<>();
        for (StreamSettings stream : session.streams(project, entry)) {
            streams.add(stream(entry, stream));
        }
        members.put("streams", streams);
        if (!entry.rules().limits().equals(RunLimits.USUAL)) {
            notes.add("the retries and timeouts of " + name + " are for the terminal; a server has limits of its own");
        }
        return members;
    }

    private static @Nullable Map<String, Object> schedule(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Manual() -> null;
            case Schedule.Every(long count, String unit) -> Map.of("every", count, "unit", unit);
            case Schedule.Cron(String expression, String zone) -> Map.of("cron", expression, "timezone", zone);
        };
    }

    private static Map<String, Object> stream(ConnectionEntry entry, StreamSettings stream) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("pattern", stream.pattern());
        if (stream.mode() != null) {
            members.put("syncMode", stream.mode().key());
        }
        members.putAll(StreamWords.words(stream, entry.rules().rejects(), Secret::text));
        if (entry.rules().lossyAccepted()) {
            members.put("lossy", true);
        }
        return members;
    }
}
