package dev.sluice.cli.project;

import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.Intent;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.SchemaRule;
import dev.sluice.spi.problem.NearNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings that a connection has in both forms of the project file. */
final class ConnectionReader {
    /** Where programs come from that speak the Airbyte protocol, as the connector of that name has its options. */
    private static final List<String> PROGRAMS = List.of("command", "docker", "pypi", "npm");

    /** The settings besides source and destination. */
    static final List<String> SETTINGS = List.of(
            "intent",
            "schedule",
            "namespace",
            "prefix",
            "tags",
            "schemaChanges",
            "backfill",
            "lossy",
            "retries",
            "timeouts",
            "rejects",
            "strict",
            "streams");

    private ConnectionReader() {}

    static ConnectionEntry read(String name, Yaml.Mapping settings, ConnectionEntry.Ends ends) {
        String prefix =
                settings.find("prefix").map(text -> text.text("`prefix`")).orElse("");
        NamespaceRule namespace =
                settings.find("namespace").map(ConnectionReader::namespace).orElseGet(NamespaceRule.Destination::new);
        ConnectionRules rules = rules(settings);
        return new ConnectionEntry(
                name,
                ends,
                new ConnectionEntry.Naming(namespace, prefix),
                StreamReader.read(settings.find("streams").orElse(null), rules.rejects()),
                rules,
                AutomationReader.read(settings));
    }

    private static ConnectionRules rules(Yaml.Mapping settings) {
        return new ConnectionRules(
                settings.find("intent").map(ConnectionReader::intent).orElse(Intent.BY_STREAM),
                settings.find("lossy").map(StreamReader::lossy).orElse(false),
                settings.find("schemaChanges").map(ConnectionReader::schemaRule).orElse(SchemaRule.PROPAGATE_COLUMNS),
                settings.find("backfill")
                        .map(wanted -> wanted.word("`backfill`", List.of("true", "false"))
                                .equals("true"))
                        .orElse(false),
                LimitsReader.read(settings),
                RejectsReader.ofConnection(settings));
    }

    private static SchemaRule schemaRule(Yaml value) {
        return SchemaRule.of(value.word("`schemaChanges`", SchemaRule.keys())).orElseThrow();
    }

    private static Intent intent(Yaml value) {
        return Intent.of(value.word("`intent`", Intent.keys())).orElseThrow();
    }

    /** The endpoint that a connection names. */
    static EndpointEntry named(Yaml value, String role, Map<String, EndpointEntry> known) {
        String name = value.text("`" + role + "`");
        EndpointEntry found = known.get(name);
        if (found == null) {
            throw value.place()
                    .problem("there is no " + role + " " + name)
                    .because(
                            known.isEmpty()
                                    ? "the file has no `" + role + "s:`"
                                    : "there are " + String.join(", ", known.keySet()))
                    .fix(NearNames.nearest(name, known.keySet())
                            .map(near -> "did you mean " + near + "?")
                            .orElse(null))
                    .exception();
        }
        return found;
    }

    /** A source or destination with its connector and options. */
    static EndpointEntry endpoint(String name, String role, Yaml value) {
        Yaml.Mapping settings = value.mapping("the " + role + " " + name);
        settings.requireKeys("a " + role, List.of("connector", "config"));
        Yaml connector = settings.get("connector", "the " + role + " " + name);
        Yaml.Mapping config =
                settings.find("config").map(given -> given.mapping("`config`")).orElse(null);
        if (connector instanceof Yaml.Mapping kind) {
            return elsewhere(name, role, kind, config);
        }
        return new EndpointEntry(name, connector.text("`connector`"), null, connector.place(), config);
    }

    /** A connector that is not part of the installation. */
    private static EndpointEntry elsewhere(String name, String role, Yaml.Mapping kind, Yaml.@Nullable Mapping config) {
        Set<String> keys = kind.entries().keySet();
        if (keys.equals(Set.of("manifest")) && role.equals("source")) {
            String manifest = kind.get("manifest", "a connector").text("`manifest`");
            return new EndpointEntry(name, "manifest:" + manifest, manifest, kind.place(), config);
        }
        if (keys.equals(Set.of("destination")) && role.equals("destination")) {
            String definition = kind.get("destination", "a connector").text("`destination`");
            return new EndpointEntry(name, "destination:" + definition, definition, kind.place(), config);
        }
        if (PROGRAMS.stream().filter(keys::contains).count() == 1
                && (!keys.contains("manifest") || keys.contains("pypi"))) {
            return EndpointEntry.ofProgram(name, kind, config);
        }
        throw kind.place()
                .problem("a connector is a name, or one of " + String.join(", ", PROGRAMS)
                        + ", or the manifest of a source, or the definition of a destination")
                .because("`connector` of a " + role + " names "
                        + String.join(", ", kind.entries().keySet()))
                .fix("name one of those that `sluice connectors list` shows, or write {manifest: FILE}, {destination:"
                        + " FILE} or {pypi: PACKAGE}")
                .exception();
    }

    private static NamespaceRule namespace(Yaml value) {
        if (value instanceof Yaml.Mapping mapping) {
            if (mapping.find("mode").isEmpty()) {
                mapping.requireKeys("a namespace", List.of("custom"));
                return custom(mapping.get("custom", "a namespace"));
            }
            mapping.requireKeys("a namespace", List.of("mode", "format"));
            Yaml mode = mapping.get("mode", "a namespace");
            return mode.word("`mode`", List.of("destination", "source", "custom"))
                            .equals("custom")
                    ? custom(mapping.get("format", "a namespace of the mode custom"))
                    : namespace(mode);
        }
        return switch (value.word("`namespace`", List.of("destination", "source"))) {
            case "source" -> new NamespaceRule.Source();
            default -> new NamespaceRule.Destination();
        };
    }

    private static NamespaceRule custom(Yaml value) {
        String format = value.text("a custom namespace");
        if (format.replace(NamespaceRule.Custom.PLACEHOLDER, "").contains("${")) {
            throw value.place()
                    .problem("a namespace knows one reference: " + NamespaceRule.Custom.PLACEHOLDER)
                    .exception();
        }
        return new NamespaceRule.Custom(format);
    }
}
