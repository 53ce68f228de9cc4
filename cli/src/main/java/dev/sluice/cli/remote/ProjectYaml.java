package dev.sluice.cli.remote;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.Encryption;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.engine.map.Secret;
import dev.sluice.engine.words.StreamWords;
import dev.sluice.spi.catalog.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Writes what a server has as a project file. In the place of each secret, which the server does not tell, stands a
 * reference to a variable of the environment.
 */
public final class ProjectYaml {
    private static final String MASK = "**********";
    private static final Map<String, String> UNITS = Map.of("minutes", "min", "hours", "h", "days", "d", "weeks", "w");

    private final List<String> variables = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private ProjectYaml() {}

    /**
     * A project file.
     *
     * @param text the file
     * @param variables the variables that it refers to
     * @param notes what it does not say, a sentence each
     */
    public record Written(String text, List<String> variables, List<String> notes) {}

    /** The file for what a server has answered with. */
    public static Written of(Map<?, ?> exported) {
        ProjectYaml yaml = new ProjectYaml();
        ServerClient.list(exported, "notes").forEach(note -> yaml.notes.add(String.valueOf(note)));
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", 1);
        file.put("sources", yaml.endpoints(ServerClient.list(exported, "sources")));
        file.put("destinations", yaml.endpoints(ServerClient.list(exported, "destinations")));
        file.put("connections", yaml.connections(ServerClient.list(exported, "connections")));
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSplitLines(false)
                .build();
        return new Written(new Dump(settings).dumpToString(file), yaml.variables, yaml.notes);
    }

    private Map<String, Object> endpoints(List<?> endpoints) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (Object each : endpoints) {
            Map<?, ?> endpoint = (Map<?, ?>) each;
            String name = String.valueOf(endpoint.get("name"));
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("connector", endpoint.get("connector"));
            members.put("config", referring(endpoint.get("configuration"), name));
            if (written.putIfAbsent(name, members) != null) {
                notes.add("several are called " + name + "; only the first is written");
            }
        }
        return written;
    }

    /** A value with references in the places of secrets, and everything else as it is. */
    private @Nullable Object referring(@Nullable Object value, String path) {
        return switch (value) {
            case String mask when mask.equals(MASK) -> reference(path);
            case String text -> text.matches("\\$\\{\\w+}") ? text : text.replace("${", "$${");
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((name, each) -> copy.put(String.valueOf(name), referring(each, path + " " + name)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(each -> copy.add(referring(each, path + " " + (copy.size() + 1))));
                yield copy;
            }
            case null, default -> value;
        };
    }

    private String reference(String path) {
        String plain = path.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        String variable = plain.matches("[A-Z_].*") ? plain : "_" + plain;
        variables.add(variable);
        return "${" + variable + "}";
    }

    private Map<String, Object> connections(List<?> connections) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (Object each : connections) {
            Map<?, ?> connection = (Map<?, ?>) each;
            String name = String.valueOf(connection.get("name"));
            if (written.putIfAbsent(name, connection(name, connection)) != null) {
                notes.add("several connections are called " + name + "; only the first is written");
            }
        }
        return written;
    }

    private Map<String, @Nullable Object> connection(String name, Map<?, ?> connection) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("source", connection.get("source"));
        members.put("destination", connection.get("destination"));
        if (connection.get("schedule") instanceof Map<?, ?> schedule) {
            schedule(name, schedule).ifPresent(written -> members.put("schedule", written));
        }
        String definition = String.valueOf(connection.get("namespaceDefinition"));
        if (definition.equals("custom_format")) {
            members.put("namespace", Map.of("custom", String.valueOf(connection.get("namespaceFormat"))));
        } else if (!definition.equals("destination")) {
            members.put("namespace", definition);
        }
        unlessUsual(members, "prefix", connection.get("prefix"), "");
        unlessUsual(members, "schemaChanges", connection.get("schemaChanges"), "propagate_columns");
        unlessUsual(members, "backfill", connection.get("backfill"), false);
        unlessUsual(members, "tags", connection.get("tags"), List.of());
        if (connection.get("rejectStore") instanceof Map<?, ?> store) {
            members.put("rejects", Map.of("store", store.get("destination"), "format", store.get("format")));
        }
        Map<String, Object> streams = new LinkedHashMap<>();
        if (connection.get("streams") instanceof Map<?, ?> named) {
            named.forEach((stream, words) -> streams.put(
                    String.valueOf(stream), stream(name + " " + stream, String.valueOf(stream), (Map<?, ?>) words)));
        }
        members.put("streams", streams);
        return members;
    }

    private Optional<Map<String, String>> schedule(String name, Map<?, ?> schedule) {
        Object cron = schedule.get("cron");
        if (cron != null) {
            return Optional.of(Map.of("cron", cron.toString(), "timezone", String.valueOf(schedule.get("timezone"))));
        }
        String unit = UNITS.get(String.valueOf(schedule.get("unit")));
        if (unit == null) {
            notes.add("the schedule of " + name + " is left out: a project file does not count in "
                    + schedule.get("unit"));
            return Optional.empty();
        }
        return Optional.of(Map.of("every", schedule.get("every") + unit));
    }

    private static void unlessUsual(
            Map<String, @Nullable Object> members, String name, @Nullable Object value, Object usual) {
        if (!usual.equals(value)) {
            members.put(name, value);
        }
    }

    private Map<String, Object> stream(String path, String name, Map<?, ?> words) {
        String mode = String.valueOf(words.get("syncMode"));
        StreamSettings settings = StreamWords.settings(name, mode, words);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("mode", Objects.requireNonNull(settings.mode()).key());
        if (settings.cursor() != null) {
            members.put("cursor", settings.cursor().toString());
        }
        if (!settings.primaryKey().isEmpty()) {
            members.put(
                    "primaryKey",
                    settings.primaryKey().stream().map(FieldPath::toString).toList());
        }
        switch (settings.fields()) {
            case FieldSelection.All _ -> {}
            case FieldSelection.Include(List<String> names) -> members.put("fields", Map.of("include", names));
            case FieldSelection.Exclude(List<String> names) -> members.put("fields", Map.of("exclude", names));
        }
        if (settings.alias() != null) {
            members.put("as", settings.alias());
        }
        ObjectSettings objects = settings.rows().object();
        if (objects != null) {
            objects(objects, members);
        }
        if (settings.rows().lossyAccepted()) {
            members.put("lossy", "accept");
        }
        RejectRules rejects = settings.rows().rejects();
        if (rejects != null) {
            rejects(rejects, members);
        }
        List<Object> mappers = new ArrayList<>();
        for (MapperSetting mapper : settings.rows().mappers()) {
            mappers.add(mapper(mapper.spec(), path + " key " + (mappers.size() + 1)));
        }
        if (!mappers.isEmpty()) {
            members.put("mappers", mappers);
        }
        return members;
    }

    private static void objects(ObjectSettings objects, Map<String, Object> members) {
        members.put("object", objects.object());
        if (!objects.matching().isEmpty()) {
            members.put("matching", objects.matching());
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (ObjectSettings.MappedField field : objects.fields()) {
            Map<String, Object> origin = new LinkedHashMap<>();
            switch (field.from()) {
                case ObjectSettings.Origin.SourceField(String name) -> origin.put("field", name);
                case ObjectSettings.Origin.Constant(Object value) ->
                    origin.put("constant", value instanceof String text ? text.replace("${", "$${") : value);
                case ObjectSettings.Origin.Computed(String expression) ->
                    origin.put("expression", expression.replace("${", "$${"));
            }
            if (field.nulls() == ObjectSettings.Nulls.KEEP) {
                origin.put("nulls", "keep");
            }
            Object only = origin.get("field");
            map.put(field.to(), only != null && origin.size() == 1 ? only : origin);
        }
        members.put("map", map);
        if (objects.maxDeletedPercent() != ObjectSettings.USUAL_DELETED_PERCENT) {
            members.put("maxDeletedPercent", objects.maxDeletedPercent());
        }
    }

    private static void put(Map<String, Object> rules, RejectLimit limit, String most, String percent) {
        if (limit.most() != null) {
            rules.put(most, limit.most());
        }
        if (limit.percent() != null) {
            rules.put(percent, limit.percent());
        }
    }

    private static void rejects(RejectRules rejects, Map<String, Object> members) {
        Map<String, Object> rules = new LinkedHashMap<>();
        rules.put("policy", rejects.policy().key());
        put(rules, rejects.limit(), "max", "maxPercent");
        put(rules, rejects.notice(), "notify", "notifyPercent");
        members.put("rejects", rules);
        if (rejects.strict() != RejectRules.Strict.OFF) {
            members.put("strict", rejects.strict().name().toLowerCase(Locale.ROOT));
        }
    }

    private Map<String, Object> mapper(MapperSpec mapper, String path) {
        Map<String, Object> settings = new LinkedHashMap<>();
        switch (mapper) {
            case MapperSpec.Hash hash -> {
                settings.put("field", hash.field());
                settings.put("method", hash.method().key());
                settings.put("suffix", hash.suffix());
                if (hash.key() != null) {
                    settings.put("key", secret(hash.key(), path));
                }
                return Map.of("hash", settings);
            }
            case MapperSpec.Rename rename -> {
                settings.put("field", rename.field());
                settings.put("to", rename.to());
                return Map.of("rename", settings);
            }
            case MapperSpec.Remove remove -> {
                return Map.of("remove", remove.field());
            }
            case MapperSpec.Encrypt encrypt -> {
                return Map.of("encrypt", encryption(encrypt, settings, path));
            }
            case MapperSpec.Filter filter -> {
                return Map.of("filter", filter.text());
            }
            case MapperSpec.Compute compute -> {
                settings.put("field", compute.field());
                settings.put("value", compute.value());
                settings.put("replace", compute.replaces());
                return Map.of("compute", settings);
            }
            case MapperSpec.Select select -> {
                settings.put("field", select.field());
                settings.put(
                        "keep",
                        select.paths().stream()
                                .map(names -> String.join(".", names))
                                .toList());
                return Map.of("select", settings);
            }
        }
    }

    private Map<String, Object> encryption(MapperSpec.Encrypt mapper, Map<String, Object> settings, String path) {
        settings.put("field", mapper.field());
        settings.put("suffix", mapper.suffix());
        switch (mapper.with()) {
            case Encryption.Aes(Secret key, String mode, String padding) -> {
                settings.put("algorithm", "AES");
                settings.put("mode", mode);
                settings.put("padding", padding);
                settings.put("key", secret(key, path));
            }
            case Encryption.Rsa(Secret key, boolean oaep) -> {
                settings.put("algorithm", "RSA");
                settings.put("padding", oaep ? "OAEP" : "PKCS1");
                settings.put("publicKey", secret(key, path));
            }
        }
        return settings;
    }

    private String secret(Secret key, String path) {
        return String.valueOf(referring(key.text(), path));
    }
}
