package dev.sluice.server.definitions;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.connector.Connector;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The connectors beside the server, as definitions that each server has under the same ids. */
public final class Builtins {
    private static final String MEMBER = "connector";

    private Builtins() {}

    /** The id of the definition of a connector, the same on each server. */
    public static UUID id(ConnectorKind kind, String name) {
        return UUID.nameUUIDFromBytes(("sluice " + kind + " " + name).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes or renews the definition of a connector. A spec that is another than before makes a version.
     *
     * @param label the version of the product
     */
    public static void publish(
            Transaction transaction, Definitions definitions, ConnectorKind kind, Connector connector, String label)
            throws SQLException {
        UUID id = id(kind, connector.name());
        DefinitionFacts facts = new DefinitionFacts(
                Origin.BUILTIN,
                SupportLevel.CERTIFIED,
                null,
                null,
                new Json(JsonText.write(Map.of("summary", connector.summary()))));
        Definition known = definitions.find(transaction, id).orElse(null);
        if (known == null) {
            known = definitions.add(transaction, id, null, kind, connector.title(), facts);
        }
        Json spec = new Json(connector.spec());
        DefinitionVersion last =
                definitions.version(transaction, id, known.defaultNumber()).orElse(null);
        if (last == null || !last.label().equals(label)) {
            definitions.addVersion(transaction, id, label, reference(connector.name()), spec);
        } else if (!spec.equals(last.spec())) {
            definitions.saveSpec(transaction, id, last.number(), spec);
        }
    }

    private static Json reference(String name) {
        return new Json(JsonText.write(Map.of(MEMBER, name)));
    }

    /** The name of the connector that a version runs; empty if it is not one of those beside the server. */
    public static Optional<String> name(DefinitionVersion version) {
        return JsonText.object(version.reference().text()).get(MEMBER) instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }
}
