package dev.sluice.server.drafts;

import dev.sluice.server.secrets.SecretFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a draft are secret: those of each {@code configuration}, as the connector says that a {@code definitionId}
 * beside it names, and the keys of mappers. A configuration of a connector that nobody knows is a secret as a whole.
 */
final class DraftFields implements SecretFields {
    private static final Set<String> CONFIGURATIONS = Set.of("configuration", "connectionConfiguration");
    private static final List<String> DEFINITIONS =
            List.of("definitionId", "sourceDefinitionId", "destinationDefinitionId");
    private static final SecretFields MAPPER =
            SecretFields.of("{\"properties\": {\"key\": {\"airbyte_secret\": true}}}");

    private final List<?> values;
    private final Map<UUID, SecretFields> connectors;
    private final Map<String, SecretFields> members = new HashMap<>();
    private @Nullable SecretFields elements;

    private DraftFields(List<?> values, Map<UUID, SecretFields> connectors) {
        this.values = values;
        this.connectors = connectors;
    }

    /**
     * Those of a document.
     *
     * @param connectors the fields of the connectors that are known
     */
    static SecretFields of(@Nullable Object document, Map<UUID, SecretFields> connectors) {
        return new DraftFields(Stream.ofNullable(document).toList(), connectors);
    }

    /** The connectors that a document names. */
    static Set<UUID> named(@Nullable Object value) {
        Set<UUID> found = new HashSet<>();
        collect(value, found);
        return found;
    }

    private static void collect(@Nullable Object value, Set<UUID> found) {
        switch (value) {
            case Map<?, ?> map -> {
                definition(map).ifPresent(found::add);
                map.values().forEach(each -> collect(each, found));
            }
            case List<?> list -> list.forEach(each -> collect(each, found));
            case null, default -> {}
        }
    }

    private static Optional<UUID> definition(Map<?, ?> object) {
        for (String name : DEFINITIONS) {
            if (object.get(name) instanceof String text) {
                try {
                    return Optional.of(UUID.fromString(text));
                } catch (IllegalArgumentException none) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isSecret() {
        return false;
    }

    @Override
    public SecretFields member(String name) {
        return members.computeIfAbsent(name, this::find);
    }

    private SecretFields find(String name) {
        if (name.equals("mapperConfiguration")) {
            return MAPPER;
        }
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Map<?, ?> map && map.get(name) != null) {
                objects.add(map);
            }
        }
        if (CONFIGURATIONS.contains(name)) {
            return new Several(objects.stream()
                    .map(each -> definition(each).map(connectors::get).orElse(SecretFields.ALL))
                    .distinct()
                    .toList());
        }
        return new DraftFields(
                objects.stream()
                        .map(each -> Objects.requireNonNull((Object) each.get(name)))
                        .toList(),
                connectors);
    }

    @Override
    public SecretFields elements() {
        SecretFields known = elements;
        if (known == null) {
            List<Object> all = new ArrayList<>();
            for (Object value : values) {
                if (value instanceof List<?> list) {
                    list.stream().filter(Objects::nonNull).forEach(all::add);
                }
            }
            known = new DraftFields(all, connectors);
            elements = known;
        }
        return known;
    }

    /** Configurations of several connectors in the same place of a list: what is secret to one is to all. */
    private record Several(List<SecretFields> each) implements SecretFields {
        @Override
        public boolean isSecret() {
            return each.stream().anyMatch(SecretFields::isSecret);
        }

        @Override
        public SecretFields member(String name) {
            return new Several(each.stream().map(one -> one.member(name)).toList());
        }

        @Override
        public SecretFields elements() {
            return new Several(each.stream().map(SecretFields::elements).toList());
        }
    }
}
