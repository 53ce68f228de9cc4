package dev.sluice.cli.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads both forms of the project file: the one of many connections, and the short one of a single connection. */
final class ProjectReader {
    private static final List<String> LONG_FORM = List.of("version", "sources", "destinations", "connections");
    private static final List<String> SHORT_FORM = shortForm();

    private ProjectReader() {}

    static Project read(Path file, String label, Yaml.Mapping root) {
        root.find("version").ifPresent(ProjectReader::checkVersion);
        boolean isShort = root.entries().containsKey("connection")
                || (root.entries().containsKey("source") && !root.entries().containsKey("connections"));
        return isShort ? single(file, label, root) : several(file, label, root);
    }

    private static Project several(Path file, String label, Yaml.Mapping root) {
        root.requireKeys("a project file", LONG_FORM);
        Map<String, EndpointEntry> sources = endpoints(root, "source");
        Map<String, EndpointEntry> destinations = endpoints(root, "destination");
        Map<String, ConnectionEntry> connections = new LinkedHashMap<>();
        root.find("connections")
                .ifPresent(all -> all.mapping("`connections`").entries().forEach((name, entry) -> {
                    checkName(entry, "a connection");
                    Yaml.Mapping settings = entry.value()
                            .mapping("the connection " + name)
                            .alsoKnownAs("schema_changes", "schemaChanges");
                    List<String> known = new ArrayList<>(List.of("source", "destination"));
                    known.addAll(ConnectionReader.SETTINGS);
                    settings.requireKeys("a connection", known);
                    String what = "the connection " + name;
                    connections.put(
                            name,
                            ConnectionReader.read(
                                    name,
                                    settings,
                                    new ConnectionEntry.Ends(
                                            ConnectionReader.named(settings.get("source", what), "source", sources),
                                            ConnectionReader.named(
                                                    settings.get("destination", what), "destination", destinations),
                                            RejectsReader.shelf(settings, destinations))));
                }));
        return new Project(file, label, sources, destinations, connections);
    }

    private static Project single(Path file, String label, Yaml.Mapping root) {
        Yaml.Mapping settings = root.alsoKnownAs("schema_changes", "schemaChanges");
        settings.requireKeys("a project file with one connection", SHORT_FORM);
        Yaml.Entry named = settings.entries().get("connection");
        String name;
        if (named == null) {
            name = "default";
        } else {
            name = named.value().text("`connection`");
            checkName(new Yaml.Entry(named.value().place(), name, named.value()), "a connection");
        }
        EndpointEntry source = ConnectionReader.endpoint("source", "source", settings.get("source", "a connection"));
        EndpointEntry destination =
                ConnectionReader.endpoint("destination", "destination", settings.get("destination", "a connection"));
        ConnectionEntry connection = ConnectionReader.read(
                name, settings, new ConnectionEntry.Ends(source, destination, RejectsReader.shelf(settings, Map.of())));
        return new Project(
                file, label, Map.of("source", source), Map.of("destination", destination), Map.of(name, connection));
    }

    private static List<String> shortForm() {
        List<String> keys = new ArrayList<>(List.of("version", "connection", "source", "destination"));
        keys.addAll(ConnectionReader.SETTINGS);
        return List.copyOf(keys);
    }

    private static Map<String, EndpointEntry> endpoints(Yaml.Mapping root, String role) {
        Map<String, EndpointEntry> endpoints = new LinkedHashMap<>();
        root.find(role + "s")
                .ifPresent(all -> all.mapping("`" + role + "s`").entries().forEach((name, entry) -> {
                    checkName(entry, "a " + role);
                    endpoints.put(name, ConnectionReader.endpoint(name, role, entry.value()));
                }));
        return endpoints;
    }

    private static void checkVersion(Yaml version) {
        if (!version.text("`version`").equals("1")) {
            throw version.place()
                    .problem("this version of Sluice reads project files of version 1")
                    .fix("write `version: 1`, or install a newer Sluice")
                    .exception();
        }
    }

    /** Names appear in commands, messages and file names. */
    private static void checkName(Yaml.Entry entry, String what) {
        if (!entry.key().matches("[\\p{L}\\p{N}][^\\p{Cntrl}/\\\\:*?\"|]{0,99}")) {
            throw entry.keyPlace()
                    .problem("the name of " + what + " has no slashes, colons, quotes, stars or bars")
                    .because("it begins with a letter or digit and has at most 100 characters")
                    .exception();
        }
    }
}
